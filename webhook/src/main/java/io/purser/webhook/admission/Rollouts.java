package io.purser.webhook.admission;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was answered about the pods of one ReplicaSet, for the next of them: its review is the same text but for the gaps of {@link ReviewText}, and is not
 * even read. A decision is a pure function of the review and the policies, so twins get the same one; whether their answers differ in their own UID and name
 * alone is known once two of them have been planned. Bounded, and thread-safe: two at once may plan what one of them had sufficed for.
 */
final class Rollouts {

    /** How many ReplicaSets are remembered at most; each takes some tens of kilobytes. */
    private static final int MOST = 128;

    /** Bytes of a review, and of a patch; longer ones are not kept, or they could fill the heap. */
    private static final int LONGEST = 48 << 10;

    private static final int SEEN = 512;

    private final AtomicReferenceArray<@Nullable Rollout> known = new AtomicReferenceArray<>(MOST);
    private final AtomicIntegerArray seen = new AtomicIntegerArray(SEEN);

    /**
     * The answer of a twin that came before.
     *
     * @param body a review in its first {@code length} bytes
     * @param policy the policy that the request's path names; null for the default
     * @return null when none is known
     */
    @Nullable
    Answer answer(byte[] body, int length, @Nullable String policy) {
        Rollout rollout = find(body, length, policy);
        return rollout == null ? null : rollout.answer(body);
    }

    /**
     * Takes note of an answer where none was known.
     *
     * @param patch that the answer holds in Base64; empty where it has none
     * @param likeness the same for pods of one rollout, another for most others
     */
    void learn(byte[] body, int length, @Nullable String policy, Answer answer, byte[] patch, int likeness) {
        if (length > LONGEST || patch.length > LONGEST) {
            return;
        }
        int hash = 31 * likeness + length;
        Rollout rollout = find(body, length, policy);
        if (rollout != null) {
            replace(rollout, rollout.confirmedBy(answer, body));
        } else if (isSeenAgain(hash)) {
            int place = place(hash);
            ReviewText text = place < 0 ? null : ReviewText.of(body, length);
            if (text != null) {
                known.set(place, new Rollout(text, policy, new KnownAnswer(answer, patch, text.tokenVolume(body))));
            }
        }
    }

    private @Nullable Rollout find(byte[] body, int length, @Nullable String policy) {
        for (int i = 0; i < MOST; i++) {
            Rollout rollout = known.get(i);
            if (rollout != null && rollout.isOf(body, length, policy)) {
                return rollout;
            }
        }
        return null;
    }

    private void replace(Rollout rollout, @Nullable Rollout by) {
        for (int i = 0; i < MOST; i++) {
            if (known.compareAndSet(i, rollout, by)) {
                return;
            }
        }
    }

    /** A pod that comes but once, as most do in some clusters, is not worth its memory. */
    private boolean isSeenAgain(int hash) {
        return seen.getAndSet(Math.floorMod(hash, SEEN), hash) == hash;
    }

    /** A place that is free, or whose rollout is used no more; -1 where there is none for now. */
    private int place(int hash) {
        for (int i = 0; i < MOST; i++) {
            if (known.get(i) == null) {
                return i;
            }
        }
        int place = Math.floorMod(hash, MOST);
        Rollout there = known.get(place);
        return there == null || there.givesWay() ? place : -1;
    }

    /** One pod, for its twins. */
    private static final class Rollout {

        /** So many others must ask for the place of one that is used no more. */
        private static final int PATIENCE = 16;

        private final ReviewText text;
        private final @Nullable String policy;
        private final KnownAnswer answer;
        private int patience = PATIENCE; // of two that change it at once, one may count

        Rollout(ReviewText text, @Nullable String policy, KnownAnswer answer) {
            this.text = text;
            this.policy = policy;
            this.answer = answer;
        }

        boolean isOf(byte[] body, int length, @Nullable String its) {
            return text.isOf(body, length) && Objects.equals(policy, its);
        }

        @Nullable
        Answer answer(byte[] body) {
            patience = PATIENCE;
            return answer.of(text.uid(body), text.tokenVolume(body));
        }

        @Nullable
        Rollout confirmedBy(Answer planned, byte[] body) {
            KnownAnswer confirmed = answer.confirmedBy(planned, text.tokenVolume(body));
            return confirmed == null ? null : new Rollout(text, policy, confirmed);
        }

        /** Whether it is forgotten for another, so that more ReplicaSets than are remembered do not drive each other out. */
        boolean givesWay() {
            return --patience < 0;
        }
    }
}
