package io.purser.agent.run;

import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The store's last answers. Confined to the loop's thread. */
final class SecretBook {

    private final Map<SecretRequest, Answer> answers = new HashMap<>();

    /** An answer; its secret is null where the store answered without a body. */
    record Answer(@Nullable Secret secret) {
        @Override
        public String toString() {
            return "Answer[REDACTED]";
        }
    }

    /** The last answer, or null if there is none yet. */
    @Nullable
    Answer answer(SecretRequest request) {
        return answers.get(request);
    }

    /** Notes an answer and tells whether a template could see the difference. */
    boolean note(SecretRequest request, @Nullable Secret secret) {
        Answer old = answers.put(request, new Answer(secret));
        return old == null || !sameForTemplates(old.secret(), secret);
    }

    void keepOnly(Set<SecretRequest> requests) {
        answers.keySet().retainAll(requests);
    }

    /** Request ids and remaining times differ in each answer, and no file should change for them. */
    private static boolean sameForTemplates(@Nullable Secret a, @Nullable Secret b) {
        if (a == null || b == null) {
            return Objects.equals(a, b);
        }
        return a.leaseId().equals(b.leaseId())
                && Objects.equals(a.data(), b.data())
                && Objects.equals(a.auth(), b.auth())
                && Objects.equals(a.wrapInfo(), b.wrapInfo());
    }
}
