package io.purser.local.node;

import io.purser.local.machine.SearchPath;
import io.purser.local.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The programs that make a node, found in KUBEBUILDER_ASSETS, on the PATH, and where Debian has them. */
final class Programs {

    private static final String SERVER =
            "the server archive of a Kubernetes release (kubernetes-server-linux-*.tar.gz)";

    /** Each program, and where it comes from. */
    private static final Map<String, String> WANTED = wanted();

    private final Map<String, Path> found;

    private Programs(Map<String, Path> found) {
        this.found = found;
    }

    /** Looks for all of them. */
    static Programs find() throws IOException {
        List<Path> folders =
                new ArrayList<>(SearchPath.folders(System.getenv().getOrDefault("KUBEBUILDER_ASSETS", "")));
        folders.addAll(SearchPath.folders());
        folders.addAll(
                List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/lib/cni"), Path.of("/opt/cni/bin")));
        PostgresServer.programs().ifPresent(folders::add);
        return in(folders);
    }

    /** Looks in these folders only; the first that has a program counts. */
    static Programs in(List<Path> folders) {
        Map<String, Path> found = new LinkedHashMap<>();
        for (String name : WANTED.keySet()) {
            folders.stream()
                    .map(folder -> folder.resolve(name))
                    .filter(Files::isExecutable)
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .ifPresent(path -> found.put(name, path));
        }
        return new Programs(found);
    }

    /** A sentence for each that is not there, and for want of root. */
    List<String> lacking() {
        List<String> lacking = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            lacking.add("it must run as root: containers, a bridge and address rules are made");
        }
        WANTED.forEach((name, source) -> {
            if (!found.containsKey(name)) {
                lacking.add(name + " is neither in KUBEBUILDER_ASSETS nor on the PATH; it comes with " + source);
            }
        });
        return lacking;
    }

    /** The path of a program that is there. */
    String path(String name) {
        return folder(name).resolve(name).toString();
    }

    /** The folder of a program that is there. */
    Path folder(String name) {
        Path path = found.get(name);
        Path folder = path == null ? null : path.getParent();
        if (folder == null) {
            throw new NodeException(name + " is lacking");
        }
        return folder;
    }

    private static Map<String, String> wanted() {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("kube-apiserver", SERVER);
        wanted.put("kubelet", SERVER);
        wanted.put("kubectl", SERVER);
        wanted.put("etcd", "an etcd release, or Debian's etcd-server");
        wanted.put("containerd", "Debian's containerd");
        wanted.put("ctr", "Debian's containerd");
        wanted.put("runc", "Debian's runc");
        wanted.put("host-local", "Debian's containernetworking-plugins");
        wanted.put("ip", "Debian's iproute2");
        wanted.put("iptables", "Debian's iptables");
        wanted.put("podman", "Debian's podman");
        wanted.put("bao", "an OpenBao release");
        wanted.put("initdb", "Debian's postgresql");
        wanted.put("postgres", "Debian's postgresql");
        return wanted;
    }
}
