package io.purser.webhook.plan;

import io.purser.agent.config.Delimiters;
import io.purser.agent.config.FileConfig;
import io.purser.agent.config.TemplateFolder;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which files the agent is to render. */
final class FileAnnotations {

    private static final List<Annotation> ASKING =
            List.of(Annotation.SECRET, Annotation.TEMPLATE, Annotation.TEMPLATE_KEY, Annotation.TEMPLATE_PATH);

    private static final Pattern NAME = Pattern.compile("[-_.a-zA-Z0-9]+");

    private final PodRequest request;
    private final SecretVolumes volumes;
    private final SourceAnnotations sources;
    private final Map<String, String> destinations = new TreeMap<>();

    private FileAnnotations(PodRequest request, SecretVolumes volumes) {
        this.request = request;
        this.volumes = volumes;
        this.sources = new SourceAnnotations(request);
    }

    /** The NAMEs for which a file is asked; a blank value asks for none. */
    static SortedSet<String> names(PodRequest request) {
        SortedSet<String> names = new TreeSet<>();
        for (Annotation annotation : ASKING) {
            request.annotations().all(annotation).forEach((name, setting) -> {
                if (!setting.value().isBlank()) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    static FileSet read(PodRequest request, SecretVolumes volumes, SortedSet<String> names) {
        return new FileAnnotations(request, volumes).files(names);
    }

    private FileSet files(SortedSet<String> names) {
        String sink = sinkFile(request, volumes);
        if (sink != null) {
            destinations.put(sink, request.nameOf(Annotation.INJECT_TOKEN));
        }
        List<FileConfig> files = new ArrayList<>();
        boolean needsShell = false;
        for (String name : names) {
            FileConfig file = file(name);
            if (file != null) {
                files.add(file);
                needsShell |= file.command() != null;
            }
        }
        List<TemplateFolder> folders = folders();
        Map<String, String> podInfo = new TreeMap<>(sources.podInfo());
        Setting refresh = request.setting(Annotation.REFRESH);
        if (!request.peer() || refresh != null) {
            podInfo.put(FileSet.REFRESH_FILE, refresh == null ? Annotation.REFRESH.display() : refresh.annotation());
        }
        return new FileSet(files, folders, List.copyOf(sources.configMaps()), podInfo, needsShell);
    }

    /** Where the application gets the token, or null for nowhere. */
    static @Nullable String sinkFile(PodRequest request, SecretVolumes volumes) {
        return request.bool(Annotation.INJECT_TOKEN, false) ? volumes.base() + "/token" : null;
    }

    private @Nullable FileConfig file(String name) {
        if (!NAME.matcher(name).matches()) {
            request.violation(
                    asking(name),
                    PodRequest.quoted(name) + " cannot be a part of an annotation's name",
                    "use letters, digits, dashes, underscores and dots");
            return null;
        }
        boolean errorOnMissingKey =
                request.bool(request.annotations().get(Annotation.ERROR_ON_MISSING_KEY, name), false);
        Delimiters delimiters = new Delimiters(
                delimiter(Annotation.LEFT_DELIMITER, name, Delimiters.DEFAULT.left()),
                delimiter(Annotation.RIGHT_DELIMITER, name, Delimiters.DEFAULT.right()));
        String mode = FileModes.of(request, name);
        List<String> notifications = NotifyAnnotations.read(request, name);
        FileConfig.Source source = sources.source(name, delimiters, errorOnMissingKey);
        String destination = destination(name);
        if (source == null || destination == null) {
            return null;
        }
        Setting command = request.annotations().get(Annotation.COMMAND, name);
        String shell = command == null || command.value().isEmpty() ? null : command.value();
        return new FileConfig(name, destination, mode, source, delimiters, errorOnMissingKey, notifications, shell);
    }

    private String delimiter(Annotation annotation, String name, String fallback) {
        Setting setting = request.annotations().get(annotation, name);
        return setting == null || setting.value().isEmpty() ? fallback : setting.value();
    }

    private @Nullable String destination(String name) {
        Setting file = request.annotations().get(Annotation.FILE, name);
        Setting asking = asking(name);
        boolean named = file != null && !file.value().isEmpty();
        Setting culprit = file != null && named ? file : asking;
        String relative = named ? culprit.value() : fileName(name, asking);
        String folder = volumes.pathFor(name);
        String destination = Paths.clean(folder + "/" + relative);
        if (!Paths.inside(destination, folder) || relative.indexOf('\0') >= 0) {
            request.violation(
                    culprit,
                    PodRequest.quoted(relative) + " leads out of the volume " + folder,
                    "give a file name or a path below it");
            return null;
        }
        String tooLong = Paths.tooLong(destination);
        if (tooLong != null) {
            request.violation(culprit, PodRequest.quoted(relative) + " " + tooLong, "give a shorter one");
            return null;
        }
        String other = destinations.putIfAbsent(destination, culprit.annotation());
        if (other != null) {
            request.findings()
                    .violation(
                            other + " and " + culprit.annotation(),
                            "both make the file " + destination,
                            "give one of them another name by "
                                    + (request.peer() && culprit.domain().isPeer()
                                            ? culprit.domain().prefix() + "agent-inject-file-"
                                            : "purser.io/file-")
                                    + name);
            return null;
        }
        return destination;
    }

    /** The annotation that asks for the file; there is one, or the NAME would not be known. */
    private Setting asking(String name) {
        for (Annotation annotation : ASKING) {
            Setting setting = request.annotations().get(annotation, name);
            if (setting != null && !setting.value().isBlank()) {
                return setting;
            }
        }
        throw new IllegalStateException("no annotation asks for " + name);
    }

    /** The peer's NAMEs are lowered unless the pod says otherwise; ours keep their case. */
    private String fileName(String name, Setting asking) {
        if (!asking.domain().isPeer()) {
            return name;
        }
        Setting own = request.annotations().get(Annotation.PRESERVE_CASE_OF, name);
        Setting setting = own == null ? request.setting(Annotation.PRESERVE_CASE) : own;
        Boolean preserve = setting == null ? Boolean.FALSE : Values.bool(setting.value());
        if (preserve == null && setting != null) {
            request.warning("annotation " + setting.annotation() + ": " + PodRequest.quoted(setting)
                    + " is not a boolean and counts as false");
        }
        return Boolean.TRUE.equals(preserve) ? name : name.toLowerCase(Locale.ROOT);
    }

    private List<TemplateFolder> folders() {
        List<TemplateFolder> folders = new ArrayList<>();
        Setting setting = request.setting(Annotation.TEMPLATES);
        if (setting == null) {
            return folders;
        }
        Set<String> names = new LinkedHashSet<>(Values.list(setting.value()));
        for (String configMap : names) {
            if (sources.addConfigMap(setting, configMap)) {
                folders.add(new TemplateFolder(
                        FileSet.folderOf(configMap),
                        "ConfigMap " + configMap,
                        volumes.base(),
                        FileModes.fallback(request)));
            }
        }
        return folders;
    }
}
