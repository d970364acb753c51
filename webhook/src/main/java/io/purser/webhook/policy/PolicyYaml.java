package io.purser.webhook.policy;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The policy file's text as a tree. */
final class PolicyYaml {

    private static final String PLACE = "policy";

    private PolicyYaml() {}

    /** The tree; null, with a violation noted, where there is none. An empty file would take every bound away: somebody is about to write it. */
    static @Nullable Object tree(String yaml, Findings findings) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Object tree = new Yaml(new SafeConstructor(options)).load(yaml);
            if (tree == null) {
                findings.violation(PLACE, "the file is empty", "give version: 1 and policies, or leave the file out");
            }
            return tree;
        } catch (MarkedYAMLException e) {
            String line = e.getProblemMark() == null
                    ? ""
                    : " at line " + (e.getProblemMark().getLine() + 1);
            findings.violation(PLACE, "the file is not YAML" + line + ": " + e.getProblem(), "correct it");
        } catch (YAMLException e) {
            String message = String.valueOf(e.getMessage());
            int end = message.indexOf('\n');
            findings.violation(
                    PLACE, "the file is not YAML: " + (end < 0 ? message : message.substring(0, end)), "correct it");
        }
        return null;
    }
}
