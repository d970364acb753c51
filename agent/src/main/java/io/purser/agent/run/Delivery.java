package io.purser.agent.run;

import io.purser.agent.config.Notification;
import io.purser.agent.template.source.FileWrite;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.volume.FileMode;
import io.purser.agent.volume.SecretVolumes;
import io.purser.agent.volume.VolumeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Renders what has changed and puts it on the volume; a file that cannot be made stays as it is. */
final class Delivery {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final FileMode SIDE_FILE = FileMode.parse("0644");

    private final Renderer renderer;
    private final SecretVolumes volumes;
    private final PodPaths paths;
    private final EventLog log;
    private final AgentMetrics metrics;
    private final InstantSource clock;

    /**
     * What a pass over the files gave.
     *
     * @param missing requests that the store has to answer first
     * @param announcements what is to be notified, once
     * @param fatal a fault in the input that leaves a file without any content, or null
     */
    record Pass(Set<SecretRequest> missing, Set<Notification> announcements, List<Fault> fatal) {}

    /**
     * A file that has no content and will not get any by waiting.
     *
     * @param inputAtFault whether the user's input is at fault, not the surroundings
     */
    record Fault(String sentence, boolean inputAtFault) {}

    Delivery(Renderer renderer, SecretVolumes volumes, PodPaths paths, Reporting reporting) {
        this.renderer = renderer;
        this.volumes = volumes;
        this.paths = paths;
        this.log = reporting.log();
        this.metrics = reporting.metrics();
        this.clock = reporting.clock();
    }

    /** Renders every file that something has changed for. */
    Pass pass(TargetSet targets) {
        Pass pass = new Pass(new LinkedHashSet<>(), new LinkedHashSet<>(), new ArrayList<>());
        Instant now = clock.instant();
        for (FileTarget target : targets.all()) {
            if (target.dirty() || !target.retryAt().isAfter(now)) {
                render(target, pass);
            }
        }
        return pass;
    }

    private void render(FileTarget target, Pass pass) {
        Rendering rendering = renderer.render(target);
        if (rendering instanceof Rendering.Complete complete) {
            target.uses(complete.used());
            write(target, complete, pass);
        } else if (rendering instanceof Rendering.Missing missing) {
            Set<SecretRequest> uses = new LinkedHashSet<>(target.uses());
            uses.addAll(missing.used());
            target.uses(uses);
            target.stuck("waiting for " + missing.request());
            pass.missing().add(missing.request());
        } else if (rendering instanceof Rendering.Absent absent) {
            if (target.stuck(absent.sentence())) {
                log.info("template missing", "template", target.origin(), "file", target.destination());
            }
        } else if (rendering instanceof Rendering.Broken broken) {
            Set<SecretRequest> uses = new LinkedHashSet<>(target.uses());
            uses.addAll(broken.used());
            target.uses(uses);
            broken(target, broken.sentence(), pass);
        }
    }

    private void broken(FileTarget target, String sentence, Pass pass) {
        boolean hasContent = Files.exists(paths.of(target.destination()));
        if (target.stuck(sentence)) {
            metrics.count("purser_failures_total", "operation", "render", "kind", "template");
            log.error(
                    "render failed",
                    "file",
                    target.destination(),
                    "kept",
                    hasContent ? "the last good file" : "nothing",
                    "reason",
                    sentence);
        }
        if (hasContent) {
            target.keeps();
        } else {
            pass.fatal().add(new Fault("the file " + target.destination() + " cannot be made: " + sentence, true));
        }
    }

    private void write(FileTarget target, Rendering.Complete complete, Pass pass) {
        boolean existed = Files.exists(paths.of(target.destination()));
        metrics.count("purser_renders_total", "file", target.destination());
        try {
            boolean changed = writeBeside(complete.writes());
            changed |= volumes.write(target.destination(), bytes(complete.content()), target.mode());
            target.done();
            if (changed) {
                metrics.count("purser_writes_total", "file", target.destination());
                log.info(
                        "written",
                        "file",
                        target.destination(),
                        "bytes",
                        String.valueOf(complete.content().remaining()));
            }
            if (changed && existed) {
                pass.announcements().addAll(target.notifications());
            }
        } catch (VolumeException e) {
            refused(target, e, existed, pass);
        }
    }

    private void refused(FileTarget target, VolumeException e, boolean existed, Pass pass) {
        String sentence = String.valueOf(e.getMessage());
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(target.writeFailures(), MOST_DOUBLINGS));
        if (target.refused(sentence, clock.instant().plus(wait))) {
            String kind = e.fault().name().toLowerCase(Locale.ROOT);
            metrics.count("purser_failures_total", "operation", "write", "kind", kind);
            log.error("write failed", "file", target.destination(), "reason", sentence);
        }
        if (existed) {
            target.keeps();
        } else {
            pass.fatal().add(new Fault(sentence, e.fault() == VolumeException.Fault.UNSAFE_DESTINATION));
        }
    }

    /** Files of {@code writeToFile}; what one rendering appends to a file goes after what it wrote there before. */
    private boolean writeBeside(List<FileWrite> writes) throws VolumeException {
        Map<String, ByteArrayOutputStream> contents = new HashMap<>();
        boolean changed = false;
        for (FileWrite write : writes) {
            ByteArrayOutputStream content = contents.get(write.path());
            if (content == null || !write.append()) {
                content = new ByteArrayOutputStream();
                contents.put(write.path(), content);
            }
            content.writeBytes(bytes(write.content()));
        }
        for (FileWrite write : writes) {
            ByteArrayOutputStream content = contents.remove(write.path());
            if (content != null) {
                FileMode mode = write.mode().isEmpty() ? SIDE_FILE : FileMode.parse(write.mode());
                changed |= volumes.write(write.path(), content.toByteArray(), mode);
            }
        }
        return changed;
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }
}
