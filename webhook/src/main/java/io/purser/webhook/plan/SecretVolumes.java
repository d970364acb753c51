package io.purser.webhook.plan;

import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Quantity;
import io.purser.webhook.policy.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * The memory volumes that files are written to.
 *
 * @param base where files go unless their own annotation says otherwise
 * @param byName the path of each NAME that has one of its own
 * @param paths all paths, the base first; volume N stands at place N
 * @param size limit of each
 */
record SecretVolumes(String base, Map<String, String> byName, List<String> paths, Quantity size) {

    /** The first volume; the others have a number behind it. */
    static final String NAME = "purser-secrets";

    private static final String NATIVE_PATH = "/purser/secrets";
    private static final String PEER_PATH = "/vault/secrets";

    /** What the agent has in its container. */
    private static final List<String> AGENTS_OWN =
            List.of("/opt/purser", AgentContainers.STATE_PATH, FileSet.POD_INFO_PATH, FileSet.TEMPLATES_PATH);

    /** The name of the volume at a place of the list. */
    static String name(int place) {
        return place == 0 ? NAME : NAME + "-" + place;
    }

    /** The path of the volume for that NAME. */
    String pathFor(String name) {
        return byName.getOrDefault(name, base);
    }

    static SecretVolumes read(PodRequest request, SortedSet<String> names) {
        String fallback = request.peer() ? PEER_PATH : NATIVE_PATH;
        Setting setting = request.setting(Annotation.MOUNT_PATH);
        String base = setting == null ? fallback : path(request, setting, fallback);
        Map<String, String> byName = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>(List.of(base));
        for (String name : names) {
            Setting own = request.annotations().get(Annotation.MOUNT_PATH_OF, name);
            if (own != null) {
                String path = path(request, own, base);
                byName.put(name, path);
                if (!paths.contains(path)) {
                    paths.add(path);
                }
            }
        }
        return new SecretVolumes(base, byName, paths, size(request));
    }

    private static String path(PodRequest request, Setting setting, String fallback) {
        String problem = Paths.problem(setting.value());
        if (problem != null) {
            request.violation(
                    setting,
                    "the path " + PodRequest.quoted(setting) + " " + problem,
                    "give an absolute path such as " + (request.peer() ? PEER_PATH : NATIVE_PATH));
            return fallback;
        }
        String path = Paths.clean(setting.value());
        for (String own : AGENTS_OWN) {
            if (path.equals(own) || Paths.inside(path, own) || Paths.inside(own, path)) {
                request.violation(
                        setting,
                        "a volume at " + path + " would be in the way of the agent's own " + own,
                        "give another path such as " + (request.peer() ? PEER_PATH : NATIVE_PATH));
                return fallback;
            }
        }
        return path;
    }

    private static Quantity size(PodRequest request) {
        Quantity fallback = request.settings().resources().volumeSize();
        Quantity size = request.quantity(Annotation.VOLUME_SIZE, fallback);
        if (size == null || size.bytes() == 0) {
            request.violation(Annotation.VOLUME_SIZE, "a volume without room holds no file", "give a size such as 8Mi");
            return fallback;
        }
        return size;
    }

    /** The mounts of all volumes. */
    List<Map<String, Object>> mounts(boolean readOnly) {
        List<Map<String, Object>> mounts = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            mounts.add(Tree.mount(name(i), paths.get(i), readOnly));
        }
        return mounts;
    }
}
