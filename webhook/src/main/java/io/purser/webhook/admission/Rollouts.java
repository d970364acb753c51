package io.purser.webhook.admission;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was answered about the pods of one ReplicaSet, for the next of them: its review is the same text but for the gaps of {@link ReviewText}, and is not
 * even read. A decision is a pure function of the review and the policies, so twins get the same one; whether their answers differ in their own UID and name
 * alone is known once two of them have been planned. Bounded, and thread-safe: two at once may plan what one of them had sufficed for.
 */
final class Rollouts {

    /** How many ReplicaSets are remembered at most. */
    private static final int MOST = 128;

    /** Bytes that they may take together: a sixth of the heap. */
    private static final int MOST_BYTES = 8 << 20;

    /** Bytes that one may take; most take some tens of kilobytes. */
    private static final int LONGEST = MOST_BYTES / 16;

    private static final int SEEN = 512;

    private final AtomicReferenceArray<@Nullable Rollout> known = new AtomicReferenceArray<>(MOST);
    private final AtomicInteger bytes = new AtomicInteger();
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
        int size = length + patch.length + answer.json().length;
        if (size > LONGEST) {
            return;
        }
        int hash = 31 * likeness + length;
        Rollout rollout = find(body, length, policy);
        if (rollout != null) {
            replace(rollout, rollout.confirmedBy(answer, body));
        } else if (isSeenAgain(hash)) {
            int place = place(hash, size);
            ReviewText text = place < 0 ? null : ReviewText.of(body, length);
            if (text != null) {
                KnownAnswer first = new KnownAnswer(answer, patch, text.tokenVolume(body));
                Rollout kept = new Rollout(text, policy, first, size);
                count(known.getAndSet(place, kept), kept);
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
                count(rollout, by);
                return;
            }
        }
    }

    private void count(@Nullable Rollout before, @Nullable Rollout after) {
        bytes.addAndGet((after == null ? 0 : after.size) - (before == null ? 0 : before.size));
    }

    /** A pod that comes but once, as most do in some clusters, is not worth its memory. */
    private boolean isSeenAgain(int hash) {
        return seen.getAndSet(Math.floorMod(hash, SEEN), hash) == hash;
    }

    /** A place for so many bytes: a free one, or one whose rollout is used no more; -1 where there is none for now. */
    private int place(int hash, int size) {
        boolean fits = bytes.get() + size <= MOST_BYTES;
        int taken = -1;
        for (int i = 0; i < MOST; i++) {
            int place = Math.floorMod(hash + i, MOST);
            if (known.get(place) == null) {
                if (fits) {
                    return place;
                }
            } else if (taken < 0) {
                taken = place;
            }
        }
        Rollout there = taken < 0 ? null : known.get(taken);
        if (there == null || !there.givesWay()) {
            return -1;
        }
        replace(there, null); // which need not be enough for a larger one; then another makes room for the next
        return bytes.get() + size <= MOST_BYTES ? taken : -1;
    }

    /** One pod, for its twins. */
    private static final class Rollout {

        /** So many others must ask for the place of one that is used no more. */
        private static final int PATIENCE = 16;

        private final ReviewText text;
        private final @Nullable String policy;
        private final KnownAnswer answer;
        private final int size;
        private int patience = PATIENCE; // of two that change it at once, one may count

        Rollout(ReviewText text, @Nullable String policy, KnownAnswer answer, int size) {
            this.text = text;
            this.policy = policy;
            this.answer = answer;
            this.size = size;
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
            return confirmed == null ? null : new Rollout(text, policy, confirmed, size);
        }

        /** Whether it is forgotten for another, so that more ReplicaSets than are remembered do not drive each other out. */
        boolean givesWay() {
            return --patience < 0;
        }
    }
}
