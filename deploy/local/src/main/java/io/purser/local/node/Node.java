package io.purser.local.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purser.local.machine.Folders;
import io.purser.local.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All parts of the node, started in turn and ended in the opposite order. */
final class Node implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");

    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Network network;
    private final ControlPlane plane;
    private final Containerd containerd;
    private final Kubelet kubelet;
    private final PostgresServer postgres;
    private final Bao bao;
    private final Cluster cluster;

    private Node(Programs programs, Path folder) throws IOException {
        boolean started = false;
        try {
            Files.createDirectories(Containerd.networks(folder));
            network = Network.create(programs, Containerd.networks(folder));
            ends.push(network::close);
            plane = ControlPlane.start(
                    folder,
                    new ControlPlane.Setup(
                            Map.of(
                                    "etcd", programs.folder("etcd"),
                                    "kube-apiserver", programs.folder("kube-apiserver")),
                            Network.HOST,
                            Network.SERVICES,
                            Kubelet.NODE));
            ends.push(plane::close);
            postgres = PostgresServer.start(programs.folder("postgres"));
            ends.push(postgres::close);
            bao = new Bao(programs, folder);
            ends.push(bao::close);
            containerd = Containerd.start(programs, folder);
            ends.push(containerd::close);
            kubelet = new Kubelet(programs, folder, plane, containerd.socket());
            ends.push(kubelet::close);
            cluster = new Cluster(plane);
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /**
     * Starts everything.
     *
     * @param folder gets all that the parts write, their logs too
     */
    static Node start(Programs programs, Path folder) throws IOException {
        return new Node(programs, folder);
    }

    /** Creates a pod on the node. */
    RunningPod run(ObjectNode pod, String name, Map<String, String> annotations) {
        return new RunningPod(cluster, kubelet, containerd, cluster.create(pod, name, annotations));
    }

    Network network() {
        return network;
    }

    ControlPlane plane() {
        return plane;
    }

    Containerd containerd() {
        return containerd;
    }

    Kubelet kubelet() {
        return kubelet;
    }

    PostgresServer postgres() {
        return postgres;
    }

    Bao bao() {
        return bao;
    }

    Cluster cluster() {
        return cluster;
    }

    /** Ends all parts, whatever becomes of one of them. */
    @Override
    public synchronized void close() {
        RuntimeException first = null;
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Ends all parts and takes away what they left. */
    void endIn(Path folder) {
        try {
            close();
        } finally {
            remove(folder);
        }
    }

    /** Takes away what a run has left on the machine: mounts, control groups, and the folder. */
    static void remove(Path folder) {
        try {
            try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
                mounts.map(line -> line.split(" ", -1)[1])
                        .filter(point -> point.startsWith(folder + "/"))
                        .sorted(Comparator.reverseOrder())
                        .forEach(Node::unmount);
            }
            try (Stream<Path> groups = Files.find(CONTROL_GROUPS, 2, (path, type) -> path.endsWith("kubepods"))) {
                groups.forEach(Node::removeEmpty);
            }
            Folders.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A mount that a dying shim took away meanwhile is no fault; with one that stays, the folder cannot be removed, and that is told. */
    private static void unmount(String point) {
        try {
            Daemon.run(List.of("umount", "--lazy", point));
        } catch (NodeException gone) {
            LOG.log(System.Logger.Level.DEBUG, gone.getMessage());
        }
    }

    /** A control group with a process in it cannot be removed, and is not. */
    private static void removeEmpty(Path group) {
        try (Stream<Path> below = Files.list(group)) {
            below.filter(Files::isDirectory).forEach(Node::removeEmpty);
            Files.delete(group);
        } catch (IOException inUse) {
            LOG.log(System.Logger.Level.DEBUG, group + " is in use");
        }
    }
}
