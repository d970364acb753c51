package io.purser.agent.config;

import java.util.List;

/**
 * A folder (a mounted ConfigMap) in which every file is a template, rendered to a file of that name less {@code .tmpl} or
 * {@code .ctmpl}. Names that begin with two dots are the kubelet's own and are left out.
 *
 * @param directory absolute path of the mounted ConfigMap
 * @param origin what the user calls it, for messages, for example {@code ConfigMap web-templates}
 * @param destination absolute path of the directory the files are written to
 * @param mode file mode, for example {@code 0640}
 */
public record TemplateFolder(String directory, String origin, String destination, String mode) {

    private static final List<String> ENDINGS = List.of(".tmpl", ".ctmpl");

    /** The name of the file that a template of such a folder makes. */
    public static String fileOf(String key) {
        for (String ending : ENDINGS) {
            if (key.endsWith(ending)) {
                return key.substring(0, key.length() - ending.length());
            }
        }
        return key;
    }
}
