package io.purser.webhook.plan;

import io.purser.agent.config.Delimiters;
import io.purser.agent.config.FileConfig;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Formats;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Templates;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what each file is made of: a template, or a secret in a format. */
final class SourceAnnotations {

    /** The kernel takes at most 128 KiB for one variable of the environment; beyond this, templates go another way. */
    private static final int MOST_TEXT_IN_CONFIG = 48 * 1024;

    private static final Pattern CONFIG_MAP =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

    private final PodRequest request;
    private final Set<String> configMaps = new LinkedHashSet<>();
    private final Map<String, String> podInfo = new TreeMap<>();
    private final boolean inConfig;

    SourceAnnotations(PodRequest request) {
        this.request = request;
        this.inConfig = request.peer() && templatesFit();
    }

    /** The ConfigMaps that templates come from, in the order of their first mention. */
    Set<String> configMaps() {
        return configMaps;
    }

    /** Files of the downward-API volume, and the annotation that each shows. */
    Map<String, String> podInfo() {
        return podInfo;
    }

    private boolean templatesFit() {
        int length = 0;
        for (Setting setting : request.annotations().all(Annotation.TEMPLATE).values()) {
            length += setting.value().length();
        }
        return length <= MOST_TEXT_IN_CONFIG;
    }

    /** What that NAME's file is made of; an inline template comes first. */
    FileConfig.@Nullable Source source(String name, Delimiters delimiters, boolean errorOnMissingKey) {
        Setting template = request.annotations().get(Annotation.TEMPLATE, name);
        if (template != null && !template.value().isEmpty()) {
            check(template, new TemplateOptions(delimiters.left(), delimiters.right(), errorOnMissingKey));
            return inline(name, template);
        }
        Setting key = request.annotations().get(Annotation.TEMPLATE_KEY, name);
        if (key != null && !key.value().isBlank()) {
            return fromConfigMap(key);
        }
        Setting path = request.annotations().get(Annotation.TEMPLATE_PATH, name);
        if (path != null && !path.value().isEmpty()) {
            return fromFile(path);
        }
        Setting secret = request.annotations().get(Annotation.SECRET, name);
        return secret == null ? null : fromSecret(name, secret);
    }

    private void check(Setting setting, TemplateOptions options) {
        try {
            Templates.check(setting, options);
        } catch (TemplateException e) {
            request.violation(
                    setting,
                    "the template is wrong at line " + e.line() + ", column " + e.column() + ": " + e.reason(),
                    "correct the template");
        }
    }

    /** Seen through the downward API, a template can be changed on the running pod. */
    private FileConfig.Source inline(String name, Setting template) {
        if (inConfig) {
            return new FileConfig.InlineTemplate(template.value());
        }
        String file = "template-" + name;
        podInfo.put(file, template.annotation());
        return new FileConfig.TemplateFile(FileSet.POD_INFO_PATH + "/" + file, "annotation " + template.annotation());
    }

    private FileConfig.@Nullable Source fromConfigMap(Setting setting) {
        int slash = setting.value().indexOf('/');
        String configMap = slash < 0 ? "" : setting.value().substring(0, slash).strip();
        String key = setting.value().substring(slash + 1).strip();
        if (slash < 0 || !KEY.matcher(key).matches() || key.equals("..") || key.equals(".")) {
            request.violation(
                    setting, PodRequest.quoted(setting) + " names no key of a ConfigMap", "give CONFIGMAP/KEY");
            return null;
        }
        if (!addConfigMap(setting, configMap)) {
            return null;
        }
        return new FileConfig.TemplateFile(
                FileSet.folderOf(configMap) + "/" + key, "key " + key + " of ConfigMap " + configMap);
    }

    /** Whether the name can be a ConfigMap's; then it is mounted. */
    boolean addConfigMap(Setting setting, String name) {
        if (name.length() > 253 || !CONFIG_MAP.matcher(name).matches()) {
            request.violation(
                    setting,
                    PodRequest.quoted(name) + " cannot be the name of a ConfigMap",
                    "give lower-case letters, digits, dashes and dots");
            return false;
        }
        configMaps.add(name);
        return true;
    }

    private FileConfig.@Nullable Source fromFile(Setting setting) {
        String problem = Paths.problem(setting.value());
        if (problem != null) {
            request.violation(
                    setting,
                    PodRequest.quoted(setting) + " " + problem,
                    "give the absolute path of a template in the agent's container");
            return null;
        }
        return new FileConfig.TemplateFile(Paths.clean(setting.value()), "annotation " + setting.annotation());
    }

    private FileConfig.@Nullable Source fromSecret(String name, Setting secret) {
        Setting format = request.annotations().get(Annotation.FORMAT, name);
        if (format == null && request.peer() && secret.domain().isPeer()) {
            return new FileConfig.SecretSource(secret.value(), peerFormat());
        }
        String path = secret.value().strip();
        boolean field = path.lastIndexOf('#') >= 0;
        String chosen = format == null
                ? (field ? Formats.RAW : defaultFormat())
                : format.value().trim();
        Setting culprit = format == null ? secret : format;
        boolean unprintable = path.chars().anyMatch(Character::isISOControl);
        if (unprintable || path.startsWith("/") || path.startsWith("#") || path.endsWith("#")) {
            request.violation(
                    secret, PodRequest.quoted(secret) + " is no secret's path", "give one such as kv/data/web/db");
            return null;
        }
        if (chosen.equals(Formats.RAW) != field) {
            request.violation(
                    culprit,
                    field ? "a path with #field is for the format raw only" : "the format raw needs the field's name",
                    field
                            ? "leave out #field, or give raw"
                            : "give it behind the secret's path, as in kv/data/web/db#password");
            return null;
        }
        if (!field && !Formats.WITHOUT_FIELD.contains(chosen)) {
            request.violation(
                    culprit,
                    PodRequest.quoted(chosen) + " is no format",
                    "give raw or one of " + String.join(", ", Formats.WITHOUT_FIELD));
            return null;
        }
        return new FileConfig.SecretSource(path, chosen);
    }

    private String peerFormat() {
        return "peer-"
                + request.text(
                                Annotation.DEFAULT_TEMPLATE,
                                request.settings().rendering().defaultTemplate())
                        .toLowerCase(Locale.ROOT);
    }

    private String defaultFormat() {
        return request.text(
                Annotation.DEFAULT_FORMAT, request.settings().rendering().defaultFormat());
    }

    /** Checks the defaults that hold for all files, used or not. */
    static void checkDefaults(PodRequest request) {
        Setting template = request.setting(Annotation.DEFAULT_TEMPLATE);
        if (template != null && !Set.of("map", "json").contains(template.value().toLowerCase(Locale.ROOT))) {
            request.violation(template, PodRequest.quoted(template) + " is no default template", "give map or json");
        }
        Setting format = request.setting(Annotation.DEFAULT_FORMAT);
        if (format != null && !Formats.WITHOUT_FIELD.contains(format.value())) {
            request.violation(
                    format,
                    PodRequest.quoted(format) + " is no format",
                    "give one of " + String.join(", ", Formats.WITHOUT_FIELD));
        }
    }
}
