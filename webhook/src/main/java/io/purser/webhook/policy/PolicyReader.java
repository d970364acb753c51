package io.purser.webhook.policy;

import io.purser.webhook.policy.Policy.Bounds;
import io.purser.webhook.policy.Policy.Users;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the operator's policy file, whole: every mistake in it is found at once. The page {@code policy.md} of the
 * documentation describes it.
 */
public final class PolicyReader {

    private static final List<String> TOP = List.of("version", "policies");
    private static final List<String> POLICY = List.of("settings", "annotations", "bounds", "forbidden");
    private static final List<String> BOUNDS = List.of(
            "storeAddresses",
            "storeNamespaces",
            "proxies",
            "authMethods",
            "authMounts",
            "roles",
            "images",
            "users",
            "maxCpu",
            "maxMemory");

    private final Map<Option, String> base;
    private final Findings findings = new Findings();

    private PolicyReader(Map<Option, String> base) {
        this.base = base;
    }

    /**
     * Policies, and what is wrong with them.
     *
     * @param policies not for use when there are violations
     * @param violations each names a place in the file
     */
    public record Result(PolicySet policies, List<Violation> violations) {}

    /**
     * Reads a policy file.
     *
     * @param yaml the file's text
     * @param base the operator's options outside of the file, over which a policy's own are put
     */
    public static Result read(String yaml, Map<Option, String> base) {
        PolicyReader reader = new PolicyReader(base);
        Map<String, Policy> policies = reader.file(yaml);
        if (!policies.containsKey(Policy.DEFAULT)) {
            policies.put(Policy.DEFAULT, reader.policy(Policy.DEFAULT, Map.of()));
        }
        return new Result(new PolicySet(policies), reader.findings.violations());
    }

    private Map<String, Policy> file(String yaml) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        Object tree = PolicyYaml.tree(yaml, findings);
        Map<String, Object> top = object("policy", tree == null ? Map.of() : tree);
        known("policy", top, TOP);
        Object version = top.get("version");
        if (version != null && !"1".equals(scalar("version", version))) {
            findings.violation("version", "the version is not known", "give 1");
        }
        object("policies", member(top, "policies")).forEach((name, policy) -> {
            if (!name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                findings.violation(
                        "policies." + name,
                        "the name cannot stand in a path",
                        "use lower-case letters, digits and dashes");
            }
            policies.put(name, policy(name, policy == null ? Map.of() : policy));
        });
        return policies;
    }

    private Policy policy(String name, Object tree) {
        String place = "policies." + name;
        Map<String, Object> policy = object(place, tree);
        known(place, policy, POLICY);
        return new Policy(
                name,
                settings(place + ".settings", object(place + ".settings", member(policy, "settings"))),
                annotations(place + ".annotations", object(place + ".annotations", member(policy, "annotations"))),
                bounds(place + ".bounds", object(place + ".bounds", member(policy, "bounds"))),
                globs(place + ".forbidden", policy.get("forbidden")));
    }

    private static Object member(Map<String, Object> object, String name) {
        Object value = object.get(name);
        return value == null ? Map.of() : value;
    }

    private Settings settings(String place, Map<String, Object> tree) {
        Map<Option, String> options = new EnumMap<>(Option.class);
        options.putAll(base);
        Map<String, Option> flags = new LinkedHashMap<>();
        for (Option option : Option.values()) {
            flags.put(option.flag(), option);
        }
        known(place, tree, flags.keySet());
        tree.forEach((flag, value) -> {
            Option option = flags.get(flag);
            if (option != null && value != null) {
                options.put(option, scalar(place + "." + flag, value));
            }
        });
        SettingsReader.Result result = SettingsReader.read(options);
        for (Violation violation : result.violations()) {
            String flag = violation.annotation().substring(2);
            if (tree.containsKey(flag)) {
                findings.violation(place + "." + flag, violation.wrong(), violation.right());
            }
        }
        return result.settings();
    }

    private Map<String, String> annotations(String place, Map<String, Object> tree) {
        Map<String, String> annotations = new LinkedHashMap<>();
        tree.forEach((name, value) -> {
            Domain domain = AnnotationNames.domain(name);
            String bare = domain == null ? name : name.substring(domain.prefix().length());
            if (domain == null || AnnotationNames.find(domain, bare) == null) {
                String nearest = AnnotationNames.nearest(domain == null ? Domain.PURSER : domain, bare);
                findings.violation(
                        place + "." + name,
                        "there is no such annotation",
                        nearest == null ? "see the reference" : "perhaps " + nearest + " is meant");
            }
            annotations.put(name, value == null ? "" : pattern(place + "." + name, value));
        });
        return annotations;
    }

    private Bounds bounds(String place, Map<String, Object> tree) {
        known(place, tree, BOUNDS);
        return new Bounds(
                bound(place + ".storeAddresses", tree.get("storeAddresses")),
                bound(place + ".storeNamespaces", tree.get("storeNamespaces")),
                bound(place + ".proxies", tree.get("proxies")),
                bound(place + ".authMethods", tree.get("authMethods")),
                bound(place + ".authMounts", tree.get("authMounts")),
                bound(place + ".roles", tree.get("roles")),
                bound(place + ".images", tree.get("images")),
                users(place + ".users", tree.get("users")),
                quantity(place + ".maxCpu", tree.get("maxCpu")),
                quantity(place + ".maxMemory", tree.get("maxMemory")));
    }

    /** To bound a thing to nothing at all is easily meant, and the opposite of what no pattern does. */
    private List<Glob> bound(String place, @Nullable Object value) {
        if (value instanceof List<?> list && list.isEmpty()) {
            findings.violation(
                    place, "the list is empty and bounds nothing", "leave it out, or give [\"\"] to allow none at all");
        }
        return globs(place, value);
    }

    private @Nullable Users users(String place, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String[] ends = scalar(place, value).split("-", -1);
        Long least = Values.integer(ends[0].trim());
        Long greatest = ends.length == 2 ? Values.integer(ends[1].trim()) : least;
        if (least == null || greatest == null || ends.length > 2 || least > greatest) {
            findings.violation(place, "it is no range of user ids", "give one such as 1000-65535");
            return null;
        }
        return new Users(least, greatest);
    }

    private @Nullable Quantity quantity(String place, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        Quantity quantity = Quantity.parse(scalar(place, value));
        if (quantity == null) {
            findings.violation(place, "it is no quantity", "give one such as 500m or 256Mi");
        }
        return quantity;
    }

    private List<Glob> globs(String place, @Nullable Object value) {
        List<Glob> globs = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> globs.add(new Glob(element == null ? "" : pattern(place, element))));
        } else if (value != null) {
            findings.violation(place, "it is not a list", "give a list of patterns");
        }
        return globs;
    }

    /** A text with placeholders; a misspelt one would stand for itself. */
    private String pattern(String place, Object value) {
        String text = scalar(place, value);
        Glob.misspelt(text)
                .forEach((wrong, right) -> findings.violation(
                        place, "there is no placeholder " + wrong, "perhaps " + right + " is meant"));
        return text;
    }

    private String scalar(String place, Object value) {
        if (value instanceof Map || value instanceof Iterable) {
            findings.violation(place, "it is a list or an object", "give one value");
            return "";
        }
        return value.toString();
    }

    private Map<String, Object> object(String place, Object tree) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> object.put(name == null ? "" : scalar(place, name), value));
        } else {
            findings.violation(place, "it is not an object", "give names and values");
        }
        return object;
    }

    private void known(String place, Map<String, Object> object, java.util.Collection<String> names) {
        Set<String> unknown = new java.util.LinkedHashSet<>(object.keySet());
        unknown.removeAll(Set.copyOf(names));
        for (String name : unknown) {
            String nearest = Nearest.to(name, names);
            findings.violation(
                    place + "." + name,
                    "it is not known",
                    nearest == null ? "give one of " + String.join(", ", names) : "perhaps " + nearest + " is meant");
        }
    }
}
