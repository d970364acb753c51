package io.purser.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The container runtime, with a root of its own: the machine's containers and images are not touched. */
final class Containerd implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(60);

    private final Programs programs;
    private final Path folder;
    private final Daemon daemon;

    private Containerd(Programs programs, Path folder) throws IOException {
        this.programs = programs;
        this.folder = folder;
        Path configuration = Files.writeString(folder.resolve("containerd.toml"), configuration());
        // runc is looked up on the PATH
        String path = programs.folder("runc") + ":" + System.getenv().getOrDefault("PATH", "");
        this.daemon = Daemon.start(
                "containerd",
                folder,
                List.of(programs.path("containerd"), "--config", configuration.toString()),
                Map.of("PATH", path));
    }

    /** Starts it. */
    static Containerd start(Programs programs, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("cni"));
        Containerd containerd = new Containerd(programs, folder);
        containerd.daemon.await(START, () -> Files.exists(containerd.socket()) && containerd.answers());
        return containerd;
    }

    /** Where the kubelet finds it. */
    Path socket() {
        return folder.resolve("containerd.sock");
    }

    /** The folder of the network plugins' configuration. */
    static Path networks(Path folder) {
        return folder.resolve("cni");
    }

    /** Takes in the images of an archive, under the names that they have there. */
    void load(Path archive) {
        ctr("images", "import", archive.toString());
    }

    /** Gives an image a second name, which may be short as in a manifest. */
    void tag(String image, String name) {
        ctr("images", "tag", "--force", image, whole(name));
    }

    /** The kubelet looks for the whole of a name: with Docker's registry where it has none. */
    private static String whole(String name) {
        int slash = name.indexOf('/');
        String first = name.substring(0, Math.max(0, slash));
        boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
        return registry ? name : "docker.io/" + (slash < 0 ? "library/" : "") + name;
    }

    /** The process of a running container, as the machine numbers it. */
    long process(String container) {
        return ctr("tasks", "list")
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length == 3 && fields[0].equals(container))
                .mapToLong(fields -> Long.parseLong(fields[1]))
                .findFirst()
                .orElseThrow(() -> new NodeException("the container " + container + " does not run"));
    }

    private boolean answers() {
        try {
            ctr("version");
            return true;
        } catch (NodeException notYet) {
            return false;
        }
    }

    private String ctr(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(programs.path("ctr"), "--address", socket().toString(), "--namespace", "k8s.io"));
        command.addAll(List.of(arguments));
        return Daemon.run(command);
    }

    private String configuration() {
        return """
                version = 2
                root = "%1$s/images"
                state = "%1$s/state"
                disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
                  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.aufs"]
                [grpc]
                  address = "%2$s"
                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "%3$s"
                  disable_apparmor = true
                  netns_mounts_under_state_dir = true
                  restrict_oom_score_adj = true
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "%4$s"
                    conf_dir = "%5$s"
                """.formatted(folder, socket(), Images.PAUSE, programs.folder("host-local"), networks(folder));
    }

    /** Ends every container first: they are not containerd's children and would stay. */
    @Override
    public void close() {
        try {
            ctr("tasks", "list", "--quiet").lines().forEach(this::end);
            Patience.until(
                    "the last containers end", END, () -> !ctr("tasks", "list").contains("RUNNING"));
        } finally {
            daemon.close();
        }
    }

    private void end(String task) {
        try {
            ctr("tasks", "kill", "--signal", "SIGKILL", task);
        } catch (NodeException ended) {
            // by itself meanwhile; the wait for the last one tells if not
        }
    }
}
