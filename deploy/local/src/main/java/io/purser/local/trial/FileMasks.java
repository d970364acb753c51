package io.purser.local.trial;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.Delimiters;
import io.purser.agent.config.FileConfig;
import io.purser.agent.config.TemplateFolder;
import io.purser.local.kubelet.ContainerRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The masks of a pod's files, by their paths in the container. A file that nobody knows is hidden whole. */
final class FileMasks {

    private final Map<String, FileMask> byPath = new TreeMap<>();

    /** Learns the files of an agent from its configuration and the templates below its root. */
    void learn(AgentConfig config, ContainerRoot root) throws IOException {
        for (FileConfig file : config.files()) {
            byPath.put(file.destination(), mask(file, root));
        }
        for (TemplateFolder folder : config.folders()) {
            Path directory = root.path(folder.directory());
            if (Files.isDirectory(directory)) {
                try (Stream<Path> templates = Files.list(directory)) {
                    for (Path template : templates.filter(Files::isRegularFile).toList()) {
                        String name =
                                TemplateFolder.fileOf(template.getFileName().toString());
                        byPath.put(
                                folder.destination() + "/" + name,
                                FileMask.ofTemplate(Files.readString(template), Delimiters.DEFAULT));
                    }
                }
            }
        }
    }

    private static FileMask mask(FileConfig file, ContainerRoot root) throws IOException {
        FileConfig.Source source = file.source();
        if (source instanceof FileConfig.SecretSource secret) {
            return FileMask.ofFormat(secret.format());
        }
        if (source instanceof FileConfig.InlineTemplate inline) {
            return FileMask.ofTemplate(inline.text(), file.delimiters());
        }
        if (source instanceof FileConfig.TemplateFile template && Files.exists(root.path(template.file()))) {
            return FileMask.ofTemplate(Files.readString(root.path(template.file())), file.delimiters());
        }
        return FileMask.opaque();
    }

    FileMask of(String path) {
        @Nullable FileMask mask = byPath.get(path);
        return mask == null ? FileMask.opaque() : mask;
    }
}
