package io.purser.local.store;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The named policies, and what a token may do on a path. */
final class Policies {

    private static final String DEFAULT = """
            path "auth/token/lookup-self" { capabilities = ["read"] }
            path "auth/token/renew-self" { capabilities = ["update"] }
            path "auth/token/revoke-self" { capabilities = ["update"] }
            path "sys/capabilities-self" { capabilities = ["update"] }
            path "sys/internal/ui/resultant-acl" { capabilities = ["read"] }
            path "sys/renew" { capabilities = ["update"] }
            path "sys/leases/renew" { capabilities = ["update"] }
            path "sys/leases/lookup" { capabilities = ["update"] }
            path "sys/wrapping/wrap" { capabilities = ["update"] }
            path "sys/wrapping/lookup" { capabilities = ["update"] }
            path "sys/wrapping/unwrap" { capabilities = ["update"] }
            """;

    /**
     * Vault's order of patterns: of those that match, the one whose first wildcard comes later wins; then one without a
     * {@code *} at its end; then fewer {@code +}; then the longer; then the lexically greater.
     */
    private static final Comparator<String> PRIORITY = Comparator.comparingInt(Policies::firstWildcard)
            .thenComparing(pattern -> !pattern.endsWith("*"))
            .thenComparing(Policies::pluses, Comparator.reverseOrder())
            .thenComparingInt(String::length)
            .thenComparing(Comparator.naturalOrder());

    private final Map<String, Policy> byName = new TreeMap<>();

    Policies() {
        byName.put("default", Policy.parse(DEFAULT));
    }

    Map<String, Policy> byName() {
        return byName;
    }

    boolean allows(Token token, String path, Set<Capability> anyOf) {
        if (token.root()) {
            return true;
        }
        Set<Capability> granted = capabilities(token, path);
        return !granted.contains(Capability.DENY) && anyOf.stream().anyMatch(granted::contains);
    }

    /** Whether any rule of the token's policies could apply at or below the prefix: what mount detection asks. */
    boolean reaches(Token token, String prefix) {
        return token.root()
                || rules(token).entrySet().stream()
                        .filter(rule -> !rule.getValue().contains(Capability.DENY))
                        .anyMatch(rule -> overlaps(rule.getKey(), prefix));
    }

    Set<Capability> capabilities(Token token, String path) {
        Map<String, Set<Capability>> rules = rules(token);
        Set<Capability> exact = rules.get(path);
        if (exact != null && !path.contains("*") && !path.contains("+")) {
            return exact;
        }
        return rules.entrySet().stream()
                .filter(rule -> regex(rule.getKey()).matcher(path).matches())
                .max(Map.Entry.comparingByKey(PRIORITY))
                .map(Map.Entry::getValue)
                .orElse(EnumSet.noneOf(Capability.class));
    }

    private Map<String, Set<Capability>> rules(Token token) {
        Map<String, Set<Capability>> merged = new TreeMap<>();
        for (String name : token.policies()) {
            Policy policy = byName.get(name);
            if (policy != null) {
                policy.rules().forEach((path, granted) -> merged.computeIfAbsent(
                                path, unused -> EnumSet.noneOf(Capability.class))
                        .addAll(granted));
            }
        }
        return merged;
    }

    private static boolean overlaps(String pattern, String prefix) {
        int wildcard = firstWildcard(pattern);
        String fixed = pattern.substring(0, Math.min(wildcard, pattern.length()));
        return fixed.startsWith(prefix) || (wildcard < pattern.length() && prefix.startsWith(fixed));
    }

    private static int firstWildcard(String pattern) {
        int plus = pattern.indexOf('+');
        int star = pattern.endsWith("*") ? pattern.length() - 1 : -1;
        if (plus < 0) {
            return star < 0 ? Integer.MAX_VALUE : star;
        }
        return plus;
    }

    private static int pluses(String pattern) {
        return (int) pattern.chars().filter(c -> c == '+').count();
    }

    private static Pattern regex(String pattern) {
        boolean glob = pattern.endsWith("*");
        String body = glob ? pattern.substring(0, pattern.length() - 1) : pattern;
        StringBuilder regex = new StringBuilder();
        for (String segment : body.split("/", -1)) {
            regex.append(regex.length() == 0 ? "" : "/").append(segment.equals("+") ? "[^/]+" : Pattern.quote(segment));
        }
        return Pattern.compile(regex + (glob ? ".*" : ""));
    }
}
