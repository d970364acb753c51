package io.purser.webhook.plan;

import io.purser.agent.config.FileConfig;
import io.purser.agent.config.TemplateFolder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files that the agent is to render.
 *
 * @param files in alphabetical order of their NAMEs
 * @param folders ConfigMaps of templates
 * @param configMaps names of all ConfigMaps with templates; each is mounted at {@link #folderOf}
 * @param podInfo files of the downward-API volume, and the annotation that each shows
 * @param needsShell whether a file has a shell command
 */
record FileSet(
        List<FileConfig> files,
        List<TemplateFolder> folders,
        List<String> configMaps,
        Map<String, String> podInfo,
        boolean needsShell) {

    static final String POD_INFO_PATH = "/purser/podinfo";
    static final String REFRESH_FILE = "refresh";
    static final String TEMPLATES_PATH = "/purser/templates";

    /** Where the agent sees the keys of a ConfigMap. */
    static String folderOf(String configMap) {
        return TEMPLATES_PATH + "/" + configMap;
    }

    /** The paths of the secrets that are named, in order. */
    List<String> secretPaths() {
        Set<String> paths = new LinkedHashSet<>();
        for (FileConfig file : files) {
            if (file.source() instanceof FileConfig.SecretSource secret) {
                paths.add(secret.path());
            }
        }
        return List.copyOf(paths);
    }
}
