package io.purser.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An injected pod on the node: its files, its agent and its application, seen from the node. */
final class RunningPod {

    static final String AGENT = "purser-agent";
    private static final Duration CHANGE = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final Kubelet kubelet;
    private final Containerd containerd;
    private final Pod pod;

    RunningPod(Cluster cluster, Kubelet kubelet, Containerd containerd, Pod pod) {
        this.cluster = cluster;
        this.kubelet = kubelet;
        this.containerd = containerd;
        this.pod = pod;
    }

    Pod pod() {
        return pod;
    }

    String name() {
        return pod.getMetadata().getName();
    }

    /** Waits until it is ready, or has ended well where it is not to stay. */
    Pod awaitReady() {
        return cluster.awaitReady(pod);
    }

    /** The names and texts of the files that the application sees. */
    SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> entries = Files.walk(volume())) {
            for (Path file : entries.filter(Files::isRegularFile).toList()) {
                files.put(volume().relativize(file).toString(), Files.readString(file));
            }
        } catch (NoSuchFileException replaced) {
            return files();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Waits until a file holds a text. */
    Duration awaitText(String text) {
        return Patience.until("a file of " + name() + " follows", CHANGE, () -> files().values().stream()
                .anyMatch(content -> content.contains(text)));
    }

    /** The last of the times at which the files were written. */
    Instant written() {
        try (Stream<Path> entries = Files.walk(volume())) {
            Instant last = Instant.EPOCH;
            for (Path file : entries.filter(Files::isRegularFile).toList()) {
                Instant time = Files.getLastModifiedTime(file).toInstant();
                last = time.isAfter(last) ? time : last;
            }
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first container of the application. */
    ContainerStatus application() {
        return status(application(pod).getName());
    }

    /** The agent that stays. */
    ContainerStatus agent() {
        return status(AGENT);
    }

    /** The agent's process, as the node numbers it. */
    long agentProcess() {
        return process(AGENT);
    }

    /** A container's first process, as the node numbers it. */
    long process(String container) {
        return containerd.process(status(container).getContainerID().replace("containerd://", ""));
    }

    /** What the application has printed. */
    String applicationLog() {
        return log(application(pod).getName());
    }

    private String log(String container) {
        Path folder = kubelet.logs(
                pod.getMetadata().getNamespace(), name(), pod.getMetadata().getUid(), container);
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                text.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** How a container stands. */
    ContainerStatus status(String container) {
        Pod now = cluster.read(pod);
        return Stream.of(now.getStatus().getContainerStatuses(), now.getStatus().getInitContainerStatuses())
                .flatMap(List::stream)
                .filter(status -> status.getName().equals(container))
                .findFirst()
                .orElseThrow(() -> new NodeException(name() + " has no container " + container));
    }

    /** The memory volume that the application mounts. */
    private Path volume() {
        List<String> inMemory = pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getEmptyDir() != null
                        && "Memory".equals(volume.getEmptyDir().getMedium()))
                .map(volume -> volume.getName())
                .toList();
        String name = application(pod).getVolumeMounts().stream()
                .map(mount -> mount.getName())
                .filter(inMemory::contains)
                .findFirst()
                .orElseThrow(() -> new NodeException(name() + " has no memory volume in its application"));
        return kubelet.volume(pod.getMetadata().getUid(), name);
    }

    private static Container application(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> !container.getName().startsWith(AGENT))
                .findFirst()
                .orElseThrow();
    }
}
