package io.purser.webhook.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the annotation that a name means. */
final class AnnotationNames {

    private static final List<Domain> DOMAINS = List.of(Domain.values());
    private static final Map<Domain, Map<String, Annotation>> PLAIN = new EnumMap<>(Domain.class);
    private static final Map<Domain, List<Annotation>> PARAMETERISED = new EnumMap<>(Domain.class);

    static {
        for (Domain domain : DOMAINS) {
            Map<String, Annotation> plain = new HashMap<>();
            List<Annotation> parameterised = new ArrayList<>();
            for (Annotation annotation : Annotation.values()) {
                String name = annotation.nameIn(domain);
                if (name != null && annotation.parameter() == Annotation.Parameter.NONE) {
                    plain.put(name, annotation);
                } else if (name != null) {
                    parameterised.add(annotation);
                }
            }
            // template-file-NAME is tried before template-NAME; among names of one length the order stays.
            parameterised.sort((one, other) -> length(other, domain) - length(one, domain));
            PLAIN.put(domain, plain);
            PARAMETERISED.put(domain, parameterised);
        }
    }

    private AnnotationNames() {}

    /** The domain of a full name, or null. */
    static @Nullable Domain domain(String fullName) {
        for (Domain domain : DOMAINS) {
            if (fullName.startsWith(domain.prefix())) {
                return domain;
            }
        }
        return null;
    }

    /** The annotation that a name without its domain means, or null. */
    static @Nullable Annotation find(Domain domain, String name) {
        Annotation plain = at(PLAIN, domain).get(name);
        if (plain != null) {
            return plain;
        }
        for (Annotation annotation : atList(domain)) {
            String start = annotation.nameIn(domain);
            if (start != null && name.startsWith(start) && name.length() > start.length()) {
                return annotation;
            }
        }
        return null;
    }

    /** Adds every annotation with a parameter that a name without its domain could mean: {@code template-file-x} means one of two. */
    static void addCandidates(Set<Annotation> candidates, Domain domain, String name) {
        for (Annotation annotation : atList(domain)) {
            String start = annotation.nameIn(domain);
            if (start != null && name.startsWith(start)) {
                candidates.add(annotation);
            }
        }
    }

    /** The full name, for people, that is most like an unknown one; or null where none is near. */
    static @Nullable String nearest(Domain domain, String name) {
        String best = null;
        int bestDistance = Math.max(2, name.length() / 4) + 1;
        for (Annotation annotation : Annotation.values()) {
            String known = annotation.nameIn(domain);
            if (known == null) {
                continue;
            }
            boolean plain = annotation.parameter() == Annotation.Parameter.NONE;
            String start = plain ? name : name.substring(0, Math.min(name.length(), known.length()));
            int distance = Nearest.distance(start, known);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = annotation.display(domain);
            }
        }
        return best;
    }

    private static Map<String, Annotation> at(Map<Domain, Map<String, Annotation>> map, Domain domain) {
        return map.getOrDefault(domain, Map.of());
    }

    private static List<Annotation> atList(Domain domain) {
        return PARAMETERISED.getOrDefault(domain, List.of());
    }

    private static int length(Annotation annotation, Domain domain) {
        String name = annotation.nameIn(domain);
        return name == null ? 0 : name.length();
    }
}
