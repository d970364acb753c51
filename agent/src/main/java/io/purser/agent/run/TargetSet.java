package io.purser.agent.run;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.FileConfig;
import io.purser.agent.config.FileConfig.TemplateFile;
import io.purser.agent.config.TemplateFolder;
import io.purser.agent.template.source.SecretRequest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All files to render. Those of folders come and go with their templates. A ConfigMap is changed by the kubelet through the
 * swap of a link, so a template's change is seen by what its path leads to: a look costs a few system calls, and no thread.
 */
final class TargetSet {

    private final AgentConfig config;
    private final PodPaths paths;
    private final EventLog log;
    private final Map<String, FileTarget> targets = new LinkedHashMap<>();
    private final Set<String> named;
    private final Set<String> emptyFolders = new LinkedHashSet<>();

    TargetSet(AgentConfig config, PodPaths paths, EventLog log) {
        this.config = config;
        this.paths = paths;
        this.log = log;
        for (FileConfig file : config.files()) {
            targets.put(file.destination(), new FileTarget(file));
        }
        this.named = Set.copyOf(targets.keySet());
        poll();
    }

    Collection<FileTarget> all() {
        return targets.values();
    }

    /** Folders without a template in them: their ConfigMaps are not there yet. */
    Set<String> emptyFolders() {
        return emptyFolders;
    }

    /** Looks whether templates have changed, come or gone, and touches their targets. */
    void poll() {
        lookIntoFolders();
        for (FileTarget target : targets.values()) {
            if (target.current() && !onVolume(target)) {
                log.warn("file gone", "file", target.destination());
                target.touch();
            }
            for (Map.Entry<String, String> read : target.reads().entrySet()) {
                if (!Fingerprint.of(paths.of(read.getKey())).equals(read.getValue())) {
                    log.info("template changed", "template", target.origin(), "file", target.destination());
                    target.touch();
                }
            }
        }
    }

    /** A secret has changed. */
    void touchUsersOf(SecretRequest request) {
        for (FileTarget target : targets.values()) {
            if (target.uses().contains(request)) {
                target.touch();
            }
        }
    }

    void touchAll() {
        for (FileTarget target : targets.values()) {
            target.touch();
        }
    }

    /** The secrets that the files are made of. */
    Set<SecretRequest> used() {
        Set<SecretRequest> used = new LinkedHashSet<>();
        for (FileTarget target : targets.values()) {
            used.addAll(target.uses());
        }
        return used;
    }

    /** The secrets all of whose files are current. */
    Set<SecretRequest> delivered() {
        Set<SecretRequest> delivered = used();
        for (FileTarget target : targets.values()) {
            if (!target.current()) {
                delivered.removeAll(target.uses());
            }
        }
        return delivered;
    }

    /** Whether no file waits to be rendered. */
    boolean clean() {
        for (FileTarget target : targets.values()) {
            if (target.dirty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether every file has been written since the agent began. */
    boolean complete() {
        for (FileTarget target : targets.values()) {
            if (!target.written()) {
                return false;
            }
        }
        return emptyFolders.isEmpty();
    }

    /** Whether every file is on the volume, by whichever run of the agent. */
    boolean allOnVolume() {
        for (FileTarget target : targets.values()) {
            if (!onVolume(target)) {
                return false;
            }
        }
        return emptyFolders.isEmpty();
    }

    private boolean onVolume(FileTarget target) {
        return Files.isRegularFile(paths.of(target.destination()));
    }

    private void lookIntoFolders() {
        if (config.folders().isEmpty()) {
            return;
        }
        Map<String, List<FolderKey>> found = new LinkedHashMap<>();
        for (TemplateFolder folder : config.folders()) {
            Set<String> keys = keys(folder);
            for (String key : keys) {
                FolderKey template = new FolderKey(folder, key);
                List<FolderKey> same = found.get(template.destination());
                if (same == null) {
                    same = new ArrayList<>();
                    found.put(template.destination(), same);
                }
                same.add(template);
            }
            if (keys.isEmpty()) {
                emptyFolders.add(folder.origin());
            } else {
                emptyFolders.remove(folder.origin());
            }
        }
        drop(found);
        for (Map.Entry<String, List<FolderKey>> templates : found.entrySet()) {
            String destination = templates.getKey();
            if (!named.contains(destination)) {
                FileTarget target = targets.get(destination);
                if (target == null) {
                    target = templates.getValue().get(0).target();
                    targets.put(destination, target);
                }
                target.clash(clash(templates.getValue()));
            }
        }
    }

    private Set<String> keys(TemplateFolder folder) {
        Set<String> keys = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(paths.of(folder.directory()))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith("..") && Files.isRegularFile(entry)) {
                    keys.add(name);
                }
            }
        } catch (IOException e) {
            log.debug(
                    "folder not read",
                    "folder",
                    folder.origin(),
                    "reason",
                    e.getClass().getSimpleName());
        }
        return keys;
    }

    private static @Nullable String clash(List<FolderKey> templates) {
        if (templates.size() == 1) {
            return null;
        }
        List<String> origins = new ArrayList<>();
        templates.forEach(template -> origins.add(template.origin()));
        return String.join(" and ", origins) + " make the same file; remove or rename all of them but one";
    }

    /** A template is gone: its file stays as it is, but nothing keeps it fresh any longer, unless another template makes it now. */
    private void drop(Map<String, List<FolderKey>> found) {
        List<FileTarget> gone = new ArrayList<>();
        for (FileTarget target : targets.values()) {
            if (!named.contains(target.destination()) && target.config().source() instanceof TemplateFile template) {
                boolean there = false;
                for (FolderKey one : found.getOrDefault(target.destination(), List.of())) {
                    there |= one.path().equals(template.file());
                }
                if (!there && !isInEmptyFolder(template)) {
                    gone.add(target);
                }
            }
        }
        for (FileTarget target : gone) {
            targets.remove(target.destination());
            log.warn("template gone", "template", target.origin(), "file", target.destination());
        }
    }

    /** A ConfigMap that is gone as a whole may come back. */
    private boolean isInEmptyFolder(TemplateFile template) {
        for (TemplateFolder folder : config.folders()) {
            if (template.file().startsWith(folder.directory() + "/")) {
                return emptyFolders.contains(folder.origin());
            }
        }
        return false;
    }
}
