package io.purser.webhook.admission;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about the pods of one ReplicaSet, for the next of them: its review is the same text but for the gaps of {@link ReviewText}, and is not
 * even read. A decision is a pure function of the review and the policies, so twins get the same one; what differs in their patches is the name of their
 * token's volume, whose places are known once two of them have been planned. Bounded, and thread-safe: two at once may plan what one of them had sufficed
 * for.
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
     * What was planned for a twin that came before.
     *
     * @param body a review in its first {@code length} bytes
     * @param policy the policy that the request's path names; null for the default
     * @return null when none is known
     */
    @Nullable
    Planned of(byte[] body, int length, @Nullable String policy) {
        Rollout rollout = find(body, length, policy);
        return rollout == null ? null : rollout.planned(body);
    }

    /**
     * Takes note of what was planned where no twin was known.
     *
     * @param likeness the same for pods of one rollout, another for most others
     */
    void learn(byte[] body, int length, @Nullable String policy, Planned planned, int likeness) {
        byte[] patch = planned.patch();
        if (length > LONGEST || (patch != null && patch.length > LONGEST)) {
            return;
        }
        Rollout rollout = find(body, length, policy);
        if (rollout != null) {
            replace(rollout, rollout.comparedWith(planned, body));
        } else if (isSeenAgain(31 * likeness + length)) {
            int place = place(likeness);
            ReviewText text = place < 0 ? null : ReviewText.of(body, length);
            if (text != null) {
                known.set(place, new Rollout(text, policy, planned, null));
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
    private int place(int likeness) {
        for (int i = 0; i < MOST; i++) {
            if (known.get(i) == null) {
                return i;
            }
        }
        int place = Math.floorMod(likeness, MOST);
        Rollout there = known.get(place);
        return there == null || there.givesWay() ? place : -1;
    }

    /** One pod, for its twins. */
    private static final class Rollout {

        /** So many others must ask for the place of one that is used no more. */
        private static final int PATIENCE = 16;

        private final ReviewText text;
        private final @Nullable String policy;
        private final Planned planned;
        private final int @Nullable [] places;
        private int patience = PATIENCE; // of two that change it at once, one may count

        /** @param places where the name of the token's volume begins in the patch; null while that is not known */
        Rollout(ReviewText text, @Nullable String policy, Planned planned, int @Nullable [] places) {
            this.text = text;
            this.policy = policy;
            this.planned = planned;
            this.places = places;
        }

        boolean isOf(byte[] body, int length, @Nullable String its) {
            return text.isOf(body, length) && Objects.equals(policy, its);
        }

        /** Whether it is forgotten for another, so that more ReplicaSets than are remembered do not drive each other out. */
        boolean givesWay() {
            return --patience < 0;
        }

        /** For a twin with this text; null while that cannot be said. */
        @Nullable
        Planned planned(byte[] body) {
            patience = PATIENCE;
            byte[] patch = planned.patch();
            String volume = text.tokenVolume(body);
            if (Objects.equals(volume, text.tokenVolume(text.bytes()))) {
                return planned.with(text.uid(body), patch);
            }
            if (places == null || volume == null) {
                return null;
            }
            return planned.with(text.uid(body), patch == null ? null : renamed(patch, places, volume));
        }

        private static byte[] renamed(byte[] patch, int[] places, String volume) {
            byte[] copy = patch.clone();
            byte[] name = volume.getBytes(US_ASCII);
            for (int place : places) {
                System.arraycopy(name, 0, copy, place, name.length);
            }
            return copy;
        }

        /** The same with the places known, from a twin with another volume; null where the two differ in more. */
        @Nullable
        Rollout comparedWith(Planned twins, byte[] body) {
            String volume = text.tokenVolume(text.bytes());
            String its = text.tokenVolume(body);
            if (volume == null || its == null || !planned.tellsTheSameAs(twins)) {
                return null;
            }
            byte[] one = planned.patch();
            byte[] other = twins.patch();
            int[] found = one == null && other == null ? new int[0] : null;
            if (one != null && other != null) {
                found = differences(one, volume.getBytes(US_ASCII), other, its.getBytes(US_ASCII));
            }
            return found == null ? null : new Rollout(text, policy, planned, found);
        }

        /** Where one patch has its volume's name and the other the other's; null where they differ elsewhere. */
        private static int @Nullable [] differences(byte[] one, byte[] name, byte[] other, byte[] otherName) {
            if (one.length != other.length || name.length != otherName.length) {
                return null;
            }
            List<Integer> places = new ArrayList<>();
            int from = 0;
            int next = Arrays.mismatch(one, other);
            while (next >= 0) {
                int place = placeBefore(next, from, one, name);
                if (place < 0 || !isAt(place, other, otherName)) {
                    return null;
                }
                places.add(place);
                from = place + name.length;
                int further = Arrays.mismatch(one, from, one.length, other, from, other.length);
                next = further < 0 ? further : from + further;
            }
            return places.stream().mapToInt(Integer::intValue).toArray();
        }

        /** The beginning of the name that stands around a byte, or -1. */
        private static int placeBefore(int around, int from, byte[] text, byte[] name) {
            for (int place = around; place >= from && place > around - name.length; place--) {
                if (isAt(place, text, name)) {
                    return place;
                }
            }
            return -1;
        }

        private static boolean isAt(int place, byte[] text, byte[] name) {
            return place + name.length <= text.length
                    && Arrays.equals(text, place, place + name.length, name, 0, name.length);
        }
    }
}
