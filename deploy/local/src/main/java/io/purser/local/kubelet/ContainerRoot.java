package io.purser.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A container's file system as far as it matters: a folder whose mount points are links to the volumes' folders. A
 * program that is told of the folder finds everything in it; one that is not can be given the real paths ({@link
 * #resolveIn}).
 */
public final class ContainerRoot {

    private final Path root;
    private final List<Mount> mounts;

    /**
     * One mount.
     *
     * @param path in the container
     * @param volume the volume's name
     * @param target the folder or file that it shows
     */
    public record Mount(String path, String volume, Path target) {}

    private ContainerRoot(Path root, List<Mount> mounts) {
        this.root = root;
        this.mounts = mounts;
    }

    /** Lays out a container's mounts below a folder. */
    public static ContainerRoot create(Path root, JsonNode container, PodVolumes volumes) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            String volume = mount.path("name").asText();
            String subPath = mount.path("subPath").asText();
            Path target = subPath.isEmpty()
                    ? volumes.path(volume)
                    : volumes.path(volume).resolve(subPath);
            mounts.add(new Mount(mount.path("mountPath").asText().replaceAll("(?<=.)/+$", ""), volume, target));
        }
        mounts.sort(Comparator.comparing(Mount::path));
        Files.createDirectories(root);
        for (Mount mount : mounts) {
            Path point = root.resolve(mount.path().substring(1));
            // Below another mount the point lies in that one's volume, as with a kubelet.
            Files.createDirectories(point.getParent());
            if (!Files.exists(point, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(point, mount.target());
            }
        }
        return new ContainerRoot(root, mounts);
    }

    /** The folder. */
    public Path path() {
        return root;
    }

    /** Its mounts. */
    public List<Mount> mounts() {
        return mounts;
    }

    /** A path in the container as a path on this machine. */
    public Path path(String inContainer) {
        return root.resolve(inContainer.substring(1));
    }

    /** A text with every path below a mount point replaced by the real one. */
    public String resolveIn(String text) {
        String resolved = text;
        for (Mount mount : mounts) {
            String point = mount.path();
            int from = 0;
            StringBuilder out = new StringBuilder();
            for (int at = resolved.indexOf(point); at >= 0; at = resolved.indexOf(point, from)) {
                int end = at + point.length();
                boolean whole = (at == 0 || !isPathCharacter(resolved.charAt(at - 1)))
                        && (end == resolved.length()
                                || resolved.charAt(end) == '/'
                                || !isPathCharacter(resolved.charAt(end)));
                out.append(resolved, from, at).append(whole ? mount.target().toString() : point);
                from = end;
            }
            resolved = out.append(resolved, from, resolved.length()).toString();
        }
        return resolved;
    }

    private static boolean isPathCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '/' || c == '-' || c == '_' || c == '.';
    }
}
