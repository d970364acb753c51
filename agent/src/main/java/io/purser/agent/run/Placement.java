package io.purser.agent.run;

import io.purser.agent.run.Delivery.Fault;
import io.purser.agent.run.Delivery.Pass;
import io.purser.agent.template.source.FileWrite;
import io.purser.agent.volume.FileContent;
import io.purser.agent.volume.FileMode;
import io.purser.agent.volume.SecretVolume;
import io.purser.agent.volume.SecretVolumes;
import io.purser.agent.volume.VolumeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts what was rendered on the volumes: file by file, or all files of a volume at once. Those that go together wait until each
 * of them has been rendered; while one of them cannot be, all stay as they are.
 */
final class Placement {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final FileMode SIDE_FILE = FileMode.parse("0644");

    private final SecretVolumes volumes;
    private final boolean together;
    private final PodPaths paths;
    private final Reporting reporting;
    private final Set<String> ownersNotGiven = new HashSet<>();
    private final Map<FileTarget, List<FileContent>> held = new LinkedHashMap<>();

    /** @param together whether the files of a volume change at once */
    Placement(SecretVolumes volumes, boolean together, PodPaths paths, Reporting reporting) {
        this.volumes = volumes;
        this.together = together;
        this.paths = paths;
        this.reporting = reporting;
    }

    /** What was rendered of it before is not to be written any more. */
    void forget(FileTarget target) {
        held.remove(target);
    }

    void place(FileTarget target, Rendering.Complete complete, Pass pass) {
        reporting.metrics().count("purser_renders_total", "file", target.destination());
        List<FileContent> contents = contents(target, complete);
        if (together) {
            held.put(target, contents);
            target.stuck("its set is not written yet");
            if (exists(target)) {
                target.keeps();
            }
        } else {
            write(Map.of(target, contents), pass);
        }
    }

    /** Writes what has been waiting, for each volume all of whose files are known. */
    void finish(TargetSet targets, Pass pass) {
        held.keySet().retainAll(targets.all());
        if (held.isEmpty() || !targets.emptyFolders().isEmpty()) {
            return;
        }
        Map<SecretVolume, Map<FileTarget, List<FileContent>>> sets = new LinkedHashMap<>();
        held.forEach((target, contents) -> {
            try {
                SecretVolume volume = volumes.volumeOf(target.destination());
                sets.computeIfAbsent(volume, none -> new LinkedHashMap<>()).put(target, contents);
            } catch (VolumeException e) {
                refused(target, e, pass);
            }
        });
        sets.forEach((volume, set) -> {
            List<String> missing = targets.all().stream()
                    .filter(target -> volume.holds(target.destination()))
                    .filter(target -> !set.containsKey(target) && !target.current())
                    .map(FileTarget::destination)
                    .toList();
            if (missing.isEmpty()) {
                write(set, pass);
                held.keySet().removeAll(set.keySet());
            } else {
                set.keySet().forEach(target -> heldBack(target, missing));
            }
        });
    }

    private void heldBack(FileTarget target, List<String> by) {
        boolean news = target.stuck("it changes together with " + String.join(", ", by));
        if (news && target.written()) {
            reporting.log().info("held back", "file", target.destination(), "by", String.join(", ", by));
        }
    }

    private void write(Map<FileTarget, List<FileContent>> set, Pass pass) {
        Map<FileTarget, Boolean> existed = new HashMap<>();
        List<FileContent> all = new ArrayList<>();
        for (Map.Entry<FileTarget, List<FileContent>> one : set.entrySet()) {
            existed.put(one.getKey(), exists(one.getKey()));
            all.addAll(one.getValue());
        }
        Set<String> changed;
        try {
            changed = volumes.write(all);
        } catch (VolumeException e) {
            for (FileTarget target : set.keySet()) {
                refused(target, e, pass);
            }
            return;
        }
        for (Map.Entry<FileTarget, List<FileContent>> one : set.entrySet()) {
            FileTarget target = one.getKey();
            target.done();
            if (hasOne(one.getValue(), changed)) {
                written(target, one.getValue().get(one.getValue().size() - 1).content().length);
                if (Boolean.TRUE.equals(existed.get(target))) {
                    pass.changed().add(target);
                }
            }
        }
    }

    private static boolean hasOne(List<FileContent> contents, Set<String> changed) {
        for (FileContent content : contents) {
            if (changed.contains(content.destination())) {
                return true;
            }
        }
        return false;
    }

    private void written(FileTarget target, int bytes) {
        reporting.metrics().count("purser_writes_total", "file", target.destination());
        reporting.log().info("written", "file", target.destination(), "bytes", String.valueOf(bytes));
    }

    private void refused(FileTarget target, VolumeException e, Pass pass) {
        String sentence = String.valueOf(e.getMessage());
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(target.writeFailures(), MOST_DOUBLINGS));
        if (target.refused(sentence, reporting.clock().instant().plus(wait))) {
            String kind = e.fault().name().toLowerCase(Locale.ROOT);
            reporting.metrics().count("purser_failures_total", "operation", "write", "kind", kind);
            reporting.log().error("write failed", "file", target.destination(), "reason", sentence);
        }
        if (exists(target)) {
            target.keeps();
        } else {
            pass.fatal().add(new Fault(sentence, e.fault() == VolumeException.Fault.UNSAFE_DESTINATION));
        }
    }

    private boolean exists(FileTarget target) {
        return Files.isRegularFile(paths.of(target.destination()));
    }

    /** The files of {@code writeToFile}, then the file itself; what one rendering appends goes after what it wrote there before. */
    private List<FileContent> contents(FileTarget target, Rendering.Complete complete) {
        Map<String, ByteArrayOutputStream> texts = new LinkedHashMap<>();
        Map<String, FileMode> modes = new HashMap<>();
        for (FileWrite write : complete.writes()) {
            ownerNotGiven(write);
            ByteArrayOutputStream text = texts.get(write.path());
            if (text == null || !write.append()) {
                text = new ByteArrayOutputStream();
                texts.put(write.path(), text);
            }
            text.writeBytes(bytes(write.content()));
            modes.putIfAbsent(write.path(), write.mode().isEmpty() ? SIDE_FILE : FileMode.parse(write.mode()));
        }
        List<FileContent> contents = new ArrayList<>();
        for (Map.Entry<String, ByteArrayOutputStream> text : texts.entrySet()) {
            FileMode mode = modes.getOrDefault(text.getKey(), SIDE_FILE);
            contents.add(new FileContent(text.getKey(), text.getValue().toByteArray(), mode));
        }
        contents.add(new FileContent(target.destination(), bytes(complete.content()), target.mode()));
        return contents;
    }

    /** Said once for a file; the agent has no capability to give a file away. */
    private void ownerNotGiven(FileWrite write) {
        String wanted = (write.owner() + ":" + write.group()).replaceAll("^:|:$", "");
        if (!wanted.isEmpty() && ownersNotGiven.add(write.path())) {
            reporting
                    .log()
                    .warn(
                            "owner not changed",
                            "file",
                            write.path(),
                            "wanted",
                            wanted,
                            "reason",
                            "the agent may not change owners; run it as that user (purser.io/run-as-user) or give a mode");
        }
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }
}
