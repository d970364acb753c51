package io.purser.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The node's kubelet, which can be ended and started again while its pods run. */
final class Kubelet implements AutoCloseable {

    /** The node's name. */
    static final String NODE = "purser-node";

    private final Programs programs;
    private final Path folder;
    private Daemon daemon;

    /** Starts it. */
    Kubelet(Programs programs, Path folder, ControlPlane plane, Path runtime) throws IOException {
        this.programs = programs;
        this.folder = folder;
        Files.writeString(folder.resolve("kubeconfig"), plane.kubeconfig(plane.nodeToken()));
        Files.writeString(folder.resolve("kubelet.yaml"), configuration(runtime));
        this.daemon = start();
    }

    /** A crash, and its start again. */
    void restart() {
        daemon.kill();
        daemon = start();
    }

    /** The folder of a pod's memory volume. */
    Path volume(String podUid, String volume) {
        return root().resolve("pods")
                .resolve(podUid)
                .resolve("volumes/kubernetes.io~empty-dir")
                .resolve(volume);
    }

    /** The folder with the logs of a pod's container, one file for each of its lives. */
    Path logs(String namespace, String pod, String uid, String container) {
        return folder.resolve("logs").resolve(namespace + "_" + pod + "_" + uid).resolve(container);
    }

    private Path root() {
        return folder.resolve("kubelet");
    }

    private Daemon start() {
        return Daemon.start(
                "kubelet",
                folder,
                List.of(
                        programs.path("kubelet"),
                        "--config=" + folder.resolve("kubelet.yaml"),
                        "--kubeconfig=" + folder.resolve("kubeconfig"),
                        "--root-dir=" + root(),
                        "--cert-dir=" + root().resolve("pki"),
                        "--hostname-override=" + NODE,
                        "--node-ip=" + Network.HOST));
    }

    /** Disks of test machines are often nearly full: that is not what is tried here. */
    private String configuration(Path runtime) {
        return """
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                address: %1$s
                containerRuntimeEndpoint: unix://%2$s
                podLogsDir: %3$s
                cgroupDriver: cgroupfs
                failCgroupV1: false
                failSwapOn: false
                imageGCHighThresholdPercent: 100
                imageGCLowThresholdPercent: 99
                evictionHard:
                  memory.available: 50Mi
                  nodefs.available: 1%%
                  imagefs.available: 1%%
                authentication:
                  anonymous: {enabled: false}
                  webhook: {enabled: true}
                authorization: {mode: Webhook}
                """.formatted(Network.HOST, runtime, folder.resolve("logs"));
    }

    @Override
    public void close() {
        daemon.close();
    }
}
