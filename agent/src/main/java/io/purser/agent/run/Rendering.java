package io.purser.agent.run;

import io.purser.agent.template.source.FileWrite;
import io.purser.agent.template.source.SecretRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** How a rendering went. */
sealed interface Rendering {

    /** What the template asked for, as far as it came. */
    Set<SecretRequest> used();

    /**
     * The file's bytes.
     *
     * @param writes what the template wants written besides
     */
    record Complete(ByteBuffer content, List<FileWrite> writes, Set<SecretRequest> used) implements Rendering {
        @Override
        public String toString() {
            return "Complete[REDACTED]";
        }
    }

    /** The store has not answered this request yet. */
    record Missing(SecretRequest request, Set<SecretRequest> used) implements Rendering {}

    /**
     * The template itself, or a file that it reads, is not there yet.
     *
     * @param file what is waited for
     */
    record Absent(String file, Set<SecretRequest> used) implements Rendering {}

    /** The template is wrong, and only a change of it or of a secret can help. */
    record Broken(String sentence, Set<SecretRequest> used) implements Rendering {}
}
