package io.purser.agent.template.source;

import java.nio.ByteBuffer;

/**
 * A file that a template asks to write with {@code writeToFile}.
 *
 * @param path as the template gave it
 * @param owner user name or number, empty for the agent's own
 * @param group group name or number, empty for the agent's own
 * @param mode octal permissions, for example {@code 0640}
 * @param append whether to add to the file instead of replacing it
 * @param content what to write, read-only; a secret
 */
public record FileWrite(String path, String owner, String group, String mode, boolean append, ByteBuffer content) {

    /** Everything but the content. */
    @Override
    public String toString() {
        return "FileWrite[path=" + path + ", mode=" + mode + ", append=" + append + ", content=[REDACTED]]";
    }
}
