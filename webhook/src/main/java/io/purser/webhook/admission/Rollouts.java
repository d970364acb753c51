package io.purser.webhook.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.purser.webhook.plan.Admission;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.InjectionPlan.Summary;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.pod.Twins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about the pods of one ReplicaSet, for the next of them. A decision is a pure function of the pod, the request and the policies, so
 * that {@link Twins} get the same one; what differs in their patches is the name of their token's volume, whose places are known once two of
 * them have been planned. Bounded, and thread-safe: two at once may plan what one of them had sufficed for.
 */
final class Rollouts {

    /** How many ReplicaSets are remembered at most; each takes some tens of kilobytes. */
    private static final int MOST = 128;

    /** Bytes of a review, and of a patch; longer ones are not kept, or they could fill the heap. */
    static final int LONGEST = 48 << 10;

    private static final int SEEN = 512;

    private final AtomicReferenceArray<@Nullable Rollout> known = new AtomicReferenceArray<>(MOST);
    private final AtomicIntegerArray seen = new AtomicIntegerArray(SEEN);

    /**
     * A decision, and the patch that carries it out.
     *
     * @param patch null where nothing is changed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared: handed to the writer
    record Planned(Decision decision, byte @Nullable [] patch) {}

    /** What was planned for the pod's twins, else what is planned now. */
    Planned planned(PodSnapshot pod, Admission admission, Supplier<Planned> plan) {
        String volume = Twins.tokenVolume(pod);
        if (volume != null && mentions(pod.annotations(), volume)) {
            return plan.get();
        }
        int hash = 31 * Twins.hash(pod) + admission.namespace().hashCode();
        int place = Math.floorMod(hash, MOST);
        Rollout rollout = known.get(place);
        if (rollout == null || !rollout.isOf(pod, admission)) {
            Planned planned = plan.get();
            if (isSeenAgain(hash) && isShort(planned.patch()) && (rollout == null || rollout.givesWay())) {
                known.set(place, new Rollout(pod, volume, admission, planned, null));
            }
            return planned;
        }
        Planned twins = rollout.planned(volume);
        if (twins != null) {
            return twins;
        }
        Planned planned = plan.get();
        known.set(place, rollout.comparedWith(planned, volume));
        return planned;
    }

    /** A pod that comes but once, as most do in some clusters, is not worth its memory. */
    private boolean isSeenAgain(int hash) {
        return seen.getAndSet(Math.floorMod(hash, SEEN), hash) == hash;
    }

    private static boolean isShort(byte @Nullable [] patch) {
        return patch != null && patch.length <= LONGEST;
    }

    /** Such a pod is not decided about as one is whose annotations name another volume. */
    private static boolean mentions(Map<String, String> annotations, String volume) {
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            if (annotation.getValue().contains(volume) || annotation.getKey().contains(volume)) {
                return true;
            }
        }
        return false;
    }

    /** One pod, for its twins. */
    private static final class Rollout {

        /** So many others must ask for the place of one that is used no more. */
        private static final int PATIENCE = 16;

        private final PodSnapshot pod;
        private final @Nullable String volume;
        private final Admission admission;
        private final Planned planned;
        private final int @Nullable [] places;
        private int patience = PATIENCE; // of two that change it at once, one may count

        /**
         * What was planned.
         *
         * @param volume of the pod's token, or null
         * @param planned with a patch
         * @param places where the volume's name begins in the patch; null while that is not known
         */
        Rollout(
                PodSnapshot pod,
                @Nullable String volume,
                Admission admission,
                Planned planned,
                int @Nullable [] places) {
            this.pod = pod;
            this.volume = volume;
            this.admission = admission;
            this.planned = planned;
            this.places = places;
        }

        boolean isOf(PodSnapshot other, Admission its) {
            return admission.namespace().equals(its.namespace())
                    && admission.operation().equals(its.operation())
                    && admission.subResource().equals(its.subResource())
                    && admission.dryRun() == its.dryRun()
                    && Objects.equals(admission.policy(), its.policy())
                    && Twins.are(pod, other);
        }

        /** Whether it is forgotten for another, so that more ReplicaSets than are remembered do not drive each other out. */
        boolean givesWay() {
            return --patience < 0;
        }

        /** For a twin with this volume; null while that cannot be said. */
        @Nullable
        Planned planned(@Nullable String its) {
            patience = PATIENCE;
            byte[] patch = planned.patch();
            if (Objects.equals(volume, its)) {
                return planned;
            }
            if (places == null || patch == null || its == null) {
                return null;
            }
            if (places.length == 0) {
                return planned;
            }
            byte[] copy = patch.clone();
            byte[] name = its.getBytes(UTF_8);
            for (int place : places) {
                System.arraycopy(name, 0, copy, place, name.length);
            }
            return new Planned(planned.decision(), copy);
        }

        /** The same with the places known, from a twin with another volume; null where the two differ in more. */
        @Nullable
        Rollout comparedWith(Planned twins, @Nullable String its) {
            if (volume == null
                    || its == null
                    || planned.patch() == null
                    || twins.patch() == null
                    || !sameAnswer(planned.decision(), twins.decision())) {
                return null;
            }
            int[] found = differences(planned.patch(), volume.getBytes(UTF_8), twins.patch(), its.getBytes(UTF_8));
            return found == null ? null : new Rollout(pod, volume, admission, planned, found);
        }

        /** What the answer tells besides the patch. */
        private static boolean sameAnswer(Decision one, Decision other) {
            if (one instanceof Decision.Inject injected && other instanceof Decision.Inject again) {
                Summary summary = injected.plan().summary();
                Summary others = again.plan().summary();
                return injected.reason().word().equals(again.reason().word())
                        && injected.reason().sentence().equals(again.reason().sentence())
                        && injected.warnings().equals(again.warnings())
                        && summary.shape().equals(others.shape())
                        && summary.files().equals(others.files())
                        && summary.secrets().equals(others.secrets());
            }
            return false;
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
