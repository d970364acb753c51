package io.purser.webhook.pod;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pods that are the same but for the random name of the volume in which the API server gives each its token, as those of one ReplicaSet are. Compared
 * field by field: a record's own {@code equals} is spun at its first use, which costs a start 60 ms. A test holds that no component is left out.
 */
public final class Twins {

    /** As the API server's admission plugin ServiceAccount names the volume, before five letters and digits of its own. */
    private static final String TOKEN_VOLUME = "kube-api-access-";

    private static final int NAME_LENGTH = TOKEN_VOLUME.length() + 5;

    private final @Nullable String volume;
    private final @Nullable String otherVolume;

    private Twins(@Nullable String volume, @Nullable String otherVolume) {
        this.volume = volume;
        this.otherVolume = otherVolume;
    }

    /** The name that the API server gave to the volume of the pod's token; null where the pod has none, or several. */
    public static @Nullable String tokenVolume(PodSnapshot pod) {
        String found = null;
        for (Volume candidate : pod.volumes()) {
            if (isTokenVolume(candidate.name())) {
                if (found != null) {
                    return null;
                }
                found = candidate.name();
            }
        }
        return found;
    }

    /** Small letters and digits only: such a name is as long in UTF-8, and needs no escape in JSON. */
    private static boolean isTokenVolume(String name) {
        if (name.length() != NAME_LENGTH || !name.startsWith(TOKEN_VOLUME)) {
            return false;
        }
        for (int i = TOKEN_VOLUME.length(); i < NAME_LENGTH; i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** The same for twins, and another for most other pods, also where all of a namespace are annotated alike. */
    public static int hash(PodSnapshot pod) {
        int hash = 31 * pod.annotations().hashCode() + pod.serviceAccount().hashCode();
        for (Container container : pod.containers()) {
            hash = 31 * hash + container.name().hashCode() + container.mounts().size();
            for (EnvVar variable : container.env()) {
                hash = 31 * hash
                        + variable.name().hashCode()
                        + (variable.value() == null ? 0 : variable.value().length());
            }
        }
        return hash;
    }

    /** Whether two pods differ in the names of their token volumes at most. */
    public static boolean are(PodSnapshot one, PodSnapshot other) {
        return new Twins(tokenVolume(one), tokenVolume(other)).same(one, other);
    }

    private boolean same(PodSnapshot one, PodSnapshot other) {
        return (volume == null) == (otherVolume == null)
                && Objects.equals(one.name(), other.name())
                && one.annotations().equals(other.annotations())
                && Objects.equals(one.phase(), other.phase())
                && one.serviceAccount().equals(other.serviceAccount())
                && one.hostNetwork() == other.hostNetwork()
                && one.windows() == other.windows()
                && Objects.equals(one.shareProcessNamespace(), other.shareProcessNamespace())
                && Objects.equals(one.restartPolicy(), other.restartPolicy())
                && Objects.equals(one.terminationGrace(), other.terminationGrace())
                && same(one.securityContext(), other.securityContext())
                && same(one.volumes(), other.volumes(), this::same)
                && same(one.initContainers(), other.initContainers(), this::same)
                && same(one.containers(), other.containers(), this::same);
    }

    private boolean same(Volume one, Volume other) {
        return sameVolume(one.name(), other.name())
                && one.type().equals(other.type())
                && same(one.tokens(), other.tokens(), Twins::same);
    }

    private static boolean same(Volume.ProjectedToken one, Volume.ProjectedToken other) {
        return Objects.equals(one.audience(), other.audience()) && one.path().equals(other.path());
    }

    private boolean same(Container one, Container other) {
        return one.name().equals(other.name())
                && one.index() == other.index()
                && same(one.mounts(), other.mounts(), this::same)
                && same(one.env(), other.env(), Twins::same)
                && one.ports().equals(other.ports())
                && one.resources().requests().equals(other.resources().requests())
                && one.resources().limits().equals(other.resources().limits())
                && same(one.securityContext(), other.securityContext())
                && Objects.equals(one.restartPolicy(), other.restartPolicy());
    }

    private boolean same(Mount one, Mount other) {
        return sameVolume(one.volume(), other.volume())
                && one.path().equals(other.path())
                && one.readOnly() == other.readOnly()
                && Objects.equals(one.subPath(), other.subPath())
                && Objects.equals(one.subPathExpr(), other.subPathExpr())
                && Objects.equals(one.propagation(), other.propagation())
                && Objects.equals(one.recursiveReadOnly(), other.recursiveReadOnly());
    }

    private static boolean same(EnvVar one, EnvVar other) {
        return one.name().equals(other.name()) && Objects.equals(one.value(), other.value());
    }

    private static boolean same(SecurityContext one, SecurityContext other) {
        return Objects.equals(one.runAsUser(), other.runAsUser())
                && Objects.equals(one.runAsGroup(), other.runAsGroup())
                && Objects.equals(one.fsGroup(), other.fsGroup());
    }

    /** One name stands for the other; neither stands for itself in the other pod. */
    private boolean sameVolume(String one, String other) {
        return one.equals(volume) ? other.equals(otherVolume) : one.equals(other) && !other.equals(otherVolume);
    }

    private static <T> boolean same(List<T> some, List<T> others, Comparison<T> comparison) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!comparison.same(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private interface Comparison<T> {
        boolean same(T one, T other);
    }
}
