package io.purser.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The images that pods run: ours as podman built them, and stand-ins for the applications and for the pause container,
 * which only a registry has.
 *
 * @param webhook podman's name of the webhook's image
 * @param agent podman's name of the agent's image; the one with a shell has {@code -shell} after it
 */
record Images(String webhook, String agent) {

    /** What holds a pod's namespaces. */
    static final String PAUSE = "localhost/purser-node-pause:1";

    /** What runs in place of the examples' applications. */
    static final String APPLICATION = "localhost/purser-node-application:1";

    /** The program in {@link #APPLICATION} that stays until it is told to end; its name is what the nginx example signals. */
    static final String STAYING = "/bin/nginx";

    /** A sentence for each image that podman does not have. */
    List<String> lacking(Programs programs) {
        List<String> lacking = new ArrayList<>();
        lack(programs, webhook, "podman build -f Dockerfile.webhook -t " + webhook + " .", lacking);
        lack(programs, agent, "podman build -f Dockerfile.agent -t " + agent + " .", lacking);
        lack(programs, shell(), "podman build -f Dockerfile.agent --target shell -t " + shell() + " .", lacking);
        return lacking;
    }

    private static void lack(Programs programs, String image, String command, List<String> lacking) {
        try {
            Daemon.run(List.of(programs.path("podman"), "image", "inspect", "--format", "{{.Id}}", image));
        } catch (NodeException absent) {
            lacking.add("podman has no image " + image + "; make it with: " + command);
        }
    }

    private String shell() {
        return agent + "-shell";
    }

    /** Makes the stand-ins, and one archive of all images. */
    Path archive(Programs programs, Path folder) throws IOException {
        Path context = Files.createDirectories(folder.resolve("stand-ins"));
        Path application = Files.writeString(context.resolve("application"), APPLICATION_SCRIPT);
        if (!application.toFile().setExecutable(true, false)) {
            throw new NodeException(application + " cannot be made executable");
        }
        Path peer = Peer.program().orElse(null);
        String more = peer == null ? "" : Peer.image(peer, Path.of(programs.path("bao")), context);
        Files.writeString(context.resolve("Dockerfile"), dockerfile() + more);
        Map<String, String> made = new LinkedHashMap<>(Map.of("pause", PAUSE, "application", APPLICATION));
        if (peer != null) {
            made.put("peer", Peer.IMAGE);
        }
        made.forEach((target, name) -> build(programs, context, target, name));
        Path archive = folder.resolve("images.tar");
        podman(
                programs,
                List.of("save", "--quiet", "--multi-image-archive", "--output", archive.toString()),
                Stream.concat(Stream.of(webhook, agent, shell()), made.values().stream()));
        podman(programs, List.of("rmi"), made.values().stream());
        return archive;
    }

    /** Takes the archive in, and gives each image the names by which manifests call it. */
    void load(Containerd containerd, Path archive, String manifestWebhook, String manifestAgent) {
        containerd.load(archive);
        containerd.tag(webhook, manifestWebhook);
        containerd.tag(agent, manifestAgent);
        containerd.tag(shell(), manifestAgent + "-shell");
    }

    private static void podman(Programs programs, List<String> command, Stream<String> images) {
        Daemon.run(Stream.of(Stream.of(programs.path("podman")), command.stream(), images)
                .flatMap(words -> words)
                .toList());
    }

    private static void build(Programs programs, Path context, String target, String name) {
        Daemon.run(List.of(
                programs.path("podman"), "build", "--quiet", "--target", target, "--tag", name, context.toString()));
    }

    private String dockerfile() {
        return """
                FROM %s AS shell
                FROM scratch AS pause
                COPY --from=shell /bin /bin
                ENTRYPOINT ["/bin/busybox", "sleep", "2000000000"]
                FROM scratch AS application
                COPY --from=shell /bin /bin
                COPY application /bin/nginx
                USER 65532
                ENTRYPOINT ["/bin/nginx"]
                """.formatted(shell());
    }

    /**
     * Ends with an error where the file that the arguments name is not there; else lives until it is told to end, and says
     * when it was told to load its configuration again. As a script it bears the name of its file.
     */
    private static final String APPLICATION_SCRIPT = """
            #!/bin/busybox sh
            for argument; do
              case $argument in
                *=/*) busybox wc -l "${argument#*=}" || exit 1 ;;
              esac
            done
            trap 'echo reloaded' HUP
            trap 'exit 0' TERM INT
            while :; do busybox sleep 3600 & wait $!; done
            """;
}
