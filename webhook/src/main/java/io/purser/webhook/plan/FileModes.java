package io.purser.webhook.plan;

import io.purser.webhook.pod.Container;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import java.util.regex.Pattern;

/** Reads the modes of files. */
final class FileModes {

    private static final Pattern OCTAL = Pattern.compile("0*[0-7]{1,3}");

    private FileModes() {}

    /** The mode of that NAME's file. */
    static String of(PodRequest request, String name) {
        Setting setting = request.annotations().get(Annotation.MODE, name);
        if (setting == null || setting.value().isEmpty()) {
            return fallback(request);
        }
        if (!OCTAL.matcher(setting.value()).matches()) {
            request.violation(
                    setting, PodRequest.quoted(setting) + " is no file mode", "give three octal digits such as 0640");
            return fallback(request);
        }
        String digits = Integer.toOctalString(Integer.parseInt(setting.value(), 8));
        return "0000".substring(digits.length()) + digits;
    }

    /** Readable by all containers, as the peer's files are; with a group of the volume's own by that group only. */
    static String fallback(PodRequest request) {
        boolean byGroup = !request.peer() && request.pod().securityContext().fsGroup() != null;
        return byGroup ? "0640" : "0644";
    }

    /**
     * Warns of a file that a container cannot read: the agent changes no file's owner, so that a file belongs to the agent's
     * user, and to the pod's fsGroup where there is one or else to the agent's group.
     */
    static void check(PodRequest request, FileSet files, AgentIdentity identity) {
        Long user = identity.user();
        if (user == null) {
            return;
        }
        boolean fsGroup = request.pod().securityContext().fsGroup() != null;
        files.files().forEach(file -> {
            int mode = Integer.parseInt(file.mode(), 8);
            boolean byAll = (mode & 04) != 0;
            boolean byGroup = (mode & 040) != 0 && fsGroup;
            if (byAll || byGroup) {
                return;
            }
            for (Container container : request.pod().containers()) {
                Long other = userOf(request, container);
                if (other != null && !other.equals(user) && other != 0) {
                    request.warning(
                            "file " + file.destination() + " has mode " + file.mode() + " and belongs to user " + user
                                    + ": container " + container.name() + " runs as user " + other
                                    + " and cannot read it; give the pod an fsGroup, or the file a wider mode");
                }
            }
        });
    }

    /** The user that a container runs as, or null when its image says it. */
    static @org.jspecify.annotations.Nullable Long userOf(PodRequest request, Container container) {
        Long own = container.securityContext().runAsUser();
        return own == null ? request.pod().securityContext().runAsUser() : own;
    }
}
