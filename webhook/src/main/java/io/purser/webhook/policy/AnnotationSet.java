package io.purser.webhook.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of one pod that concern Purser. Precedence is per annotation: {@code purser.io}, then {@code openbao.org},
 * then {@code vault.hashicorp.com}.
 */
public final class AnnotationSet {

    private final Map<String, String> pod;
    private final Set<Domain> domains = EnumSet.noneOf(Domain.class);
    private final Map<Annotation, Setting> plain = new EnumMap<>(Annotation.class);
    private final Map<Annotation, SortedSet<String>> parameters = new EnumMap<>(Annotation.class);
    private final Set<Annotation> candidates = EnumSet.noneOf(Annotation.class);
    private final List<String> unknown = new ArrayList<>();
    private @Nullable Domain inUse;

    /** Reads a pod's annotations. */
    public AnnotationSet(Map<String, String> podAnnotations) {
        this.pod = podAnnotations;
        for (Map.Entry<String, String> entry : podAnnotations.entrySet()) {
            Domain domain = AnnotationNames.domain(entry.getKey());
            if (domain != null) {
                domains.add(domain);
                take(domain, entry);
            }
        }
    }

    private void take(Domain domain, Map.Entry<String, String> entry) {
        String name = entry.getKey().substring(domain.prefix().length());
        Annotation annotation = AnnotationNames.find(domain, name);
        AnnotationNames.addCandidates(candidates, domain, name);
        boolean asks = annotation == null ? domain == Domain.PURSER : annotation != Annotation.STATUS;
        inUse = asks && (inUse == null || domain.compareTo(inUse) < 0) ? domain : inUse;
        if (annotation == null) {
            String nearest = AnnotationNames.nearest(domain, name);
            unknown.add("annotation " + entry.getKey() + " is not known"
                    + (nearest == null ? "" : ", perhaps " + nearest + " is meant"));
        } else if (annotation.parameter() == Annotation.Parameter.NONE) {
            Setting earlier = plain.get(annotation);
            if (earlier == null || domain.compareTo(earlier.domain()) < 0) {
                plain.put(annotation, setting(annotation, domain, entry));
            }
        } else {
            String start = annotation.nameIn(domain);
            parameters
                    .computeIfAbsent(annotation, a -> new TreeSet<>())
                    .add(name.substring(start == null ? 0 : start.length()));
        }
    }

    /** The pod's value for an annotation without a parameter, or null. */
    public @Nullable Setting get(Annotation annotation) {
        return plain.get(annotation);
    }

    /** The pod's value for an annotation with a parameter, looked up by its full name; or null. */
    public @Nullable Setting get(Annotation annotation, String parameter) {
        if (!candidates.contains(annotation)) {
            return null; // most are asked for in vain
        }
        for (Domain domain : domains) {
            String start = annotation.nameIn(domain);
            if (start != null) {
                String key = domain.prefix() + start + parameter;
                String value = pod.get(key);
                if (value != null && means(annotation, domain, start + parameter)) {
                    return setting(annotation, domain, Map.entry(key, value));
                }
            }
        }
        return null;
    }

    /**
     * Ours end before the line breaks at their end, which a block scalar of YAML puts there; of a text that is written as it is they are a part. The
     * peer takes every value as it stands.
     */
    private static Setting setting(Annotation annotation, Domain domain, Map.Entry<String, String> entry) {
        boolean strip = !domain.isPeer() && !annotation.isText() && endsInLineBreak(entry.getValue());
        return new Setting(domain, entry.getKey(), strip ? entry.getValue().stripTrailing() : entry.getValue());
    }

    private static boolean endsInLineBreak(String value) {
        return value.endsWith("\n") || value.endsWith("\r");
    }

    /** The peer takes a name for whatever it can mean; ours means one thing. */
    private static boolean means(Annotation annotation, Domain domain, String name) {
        return domain.isPeer() || AnnotationNames.find(domain, name) == annotation;
    }

    /** Whether the pod gives the annotation that a full name means, by that name or by one under another prefix. */
    public boolean hasUnderAnyPrefix(String fullName) {
        Domain domain = AnnotationNames.domain(fullName);
        Annotation annotation = domain == null
                ? null
                : AnnotationNames.find(
                        domain, fullName.substring(domain.prefix().length()));
        String start = domain == null || annotation == null ? null : annotation.nameIn(domain);
        if (domain == null || annotation == null || start == null) {
            return pod.containsKey(fullName);
        }
        return annotation.parameter() == Annotation.Parameter.NONE
                ? get(annotation) != null
                : get(annotation, fullName.substring(domain.prefix().length() + start.length())) != null;
    }

    /** The parameters with which an annotation is given, in alphabetical order. */
    public SortedSet<String> parameters(Annotation annotation) {
        return parameters.getOrDefault(annotation, Collections.emptySortedSet());
    }

    /** Each parameter of an annotation with the value that counts, in alphabetical order. */
    public Map<String, Setting> all(Annotation annotation) {
        Map<String, Setting> all = new LinkedHashMap<>();
        for (String parameter : parameters(annotation)) {
            Setting setting = get(annotation, parameter);
            if (setting != null) {
                all.put(parameter, setting);
            }
        }
        return all;
    }

    /** A sentence for each name under a known domain that is not known. */
    public List<String> unknown() {
        return unknown;
    }

    /** A sentence for each of the peer's annotations whose value goes on with a line break that nobody will have meant. */
    public List<String> endingInLineBreak() {
        List<String> sentences = new ArrayList<>();
        for (Map.Entry<String, String> entry : pod.entrySet()) {
            Domain domain = endsInLineBreak(entry.getValue()) ? AnnotationNames.domain(entry.getKey()) : null;
            Annotation annotation = domain == null || !domain.isPeer()
                    ? null
                    : AnnotationNames.find(
                            domain, entry.getKey().substring(domain.prefix().length()));
            if (annotation != null && !annotation.isText()) {
                sentences.add("annotation " + entry.getKey()
                        + " ends in a line break, which is a part of its value; write it on its line, or after |- in the"
                        + " place of |");
            }
        }
        return sentences;
    }

    /** The first domain with an annotation that asks for something, as a status does not; of the peer's, a known one. */
    public @Nullable Domain inUse() {
        return inUse;
    }

    /** The full name by which a message should call an annotation: the pod's own, else the one of the domain in use. */
    public String nameOf(Annotation annotation, Domain inUse) {
        Setting setting = plain.get(annotation);
        if (setting != null) {
            return setting.annotation();
        }
        return annotation.nameIn(inUse) == null ? annotation.display() : annotation.display(inUse);
    }
}
