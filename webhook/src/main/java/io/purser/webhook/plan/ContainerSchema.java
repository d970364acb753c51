package io.purser.webhook.plan;

import io.purser.webhook.policy.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The types of a container's fields in the API (core/v1, 1.36). A patched container is held against it, because the API
 * server would refuse the whole pod with a message about a container that the user never wrote.
 */
final class ContainerSchema {

    private static final Type TEXT = scalar("a text", String.class::isInstance);
    private static final Type FLAG = scalar("true or false", Boolean.class::isInstance);
    private static final Type NUMBER = scalar("a whole number", Long.class::isInstance);
    private static final Type NUMBER_OR_TEXT =
            scalar("a number or a text", value -> value instanceof Long || value instanceof String);
    private static final Type QUANTITY = scalar(
            "a quantity",
            value -> (value instanceof String || value instanceof Number) && Quantity.parse(value.toString()) != null);
    private static final Type ANY = (path, value) -> null;

    private static final Type HANDLER = object(
            "exec", object("command", listOf(TEXT)),
            "httpGet",
                    object(
                            "path",
                            TEXT,
                            "port",
                            NUMBER_OR_TEXT,
                            "host",
                            TEXT,
                            "scheme",
                            TEXT,
                            "httpHeaders",
                            listOf(object("name", TEXT, "value", TEXT))),
            "tcpSocket", object("port", NUMBER_OR_TEXT, "host", TEXT),
            "sleep", object("seconds", NUMBER));
    private static final Type PROBE = ((ObjectType) HANDLER)
            .and(
                    "grpc", object("port", NUMBER, "service", TEXT),
                    "initialDelaySeconds", NUMBER,
                    "timeoutSeconds", NUMBER,
                    "periodSeconds", NUMBER,
                    "successThreshold", NUMBER,
                    "failureThreshold", NUMBER,
                    "terminationGracePeriodSeconds", NUMBER);
    private static final Type SECURITY_CONTEXT = object(
            "capabilities", object("add", listOf(TEXT), "drop", listOf(TEXT)),
            "privileged", FLAG,
            "seLinuxOptions", object("user", TEXT, "role", TEXT, "type", TEXT, "level", TEXT),
            "windowsOptions", ANY,
            "runAsUser", NUMBER,
            "runAsGroup", NUMBER,
            "runAsNonRoot", FLAG,
            "readOnlyRootFilesystem", FLAG,
            "allowPrivilegeEscalation", FLAG,
            "procMount", TEXT,
            "seccompProfile", object("type", TEXT, "localhostProfile", TEXT),
            "appArmorProfile", object("type", TEXT, "localhostProfile", TEXT));
    private static final Type MOUNT = object(
            "name", TEXT,
            "readOnly", FLAG,
            "recursiveReadOnly", TEXT,
            "mountPath", TEXT,
            "subPath", TEXT,
            "mountPropagation", TEXT,
            "subPathExpr", TEXT);
    private static final Type CONTAINER = object(
            "name", TEXT,
            "image", TEXT,
            "command", listOf(TEXT),
            "args", listOf(TEXT),
            "workingDir", TEXT,
            "ports",
                    listOf(object(
                            "name",
                            TEXT,
                            "hostPort",
                            NUMBER,
                            "containerPort",
                            NUMBER,
                            "protocol",
                            TEXT,
                            "hostIP",
                            TEXT)),
            "envFrom", listOf(ANY),
            "env", listOf(object("name", TEXT, "value", TEXT, "valueFrom", ANY)),
            "resources",
                    object(
                            "limits", mapOf(QUANTITY),
                            "requests", mapOf(QUANTITY),
                            "claims", listOf(object("name", TEXT, "request", TEXT))),
            "resizePolicy", listOf(object("resourceName", TEXT, "restartPolicy", TEXT)),
            "restartPolicy", TEXT,
            "restartPolicyRules", listOf(ANY),
            "volumeMounts", listOf(MOUNT),
            "volumeDevices", listOf(object("name", TEXT, "devicePath", TEXT)),
            "livenessProbe", PROBE,
            "readinessProbe", PROBE,
            "startupProbe", PROBE,
            "lifecycle", object("postStart", HANDLER, "preStop", HANDLER, "stopSignal", TEXT),
            "terminationMessagePath", TEXT,
            "terminationMessagePolicy", TEXT,
            "imagePullPolicy", TEXT,
            "securityContext", SECURITY_CONTEXT,
            "stdin", FLAG,
            "stdinOnce", FLAG,
            "tty", FLAG);

    private ContainerSchema() {}

    /** What is wrong with a container, as a sentence's end; null when nothing is. Unknown fields are left to the caller. */
    static @Nullable String problem(Map<String, Object> container) {
        return CONTAINER.problem("", container);
    }

    /** The container less its members that the API does not have, and less those that are the same as absent to it. */
    static Map<String, Object> known(Map<String, Object> container) {
        Map<String, Object> known = new LinkedHashMap<>();
        container.forEach((name, value) -> {
            if (((ObjectType) CONTAINER).members().containsKey(name) && !isSameAsAbsent(value)) {
                known.put(name, value);
            }
        });
        return known;
    }

    private static boolean isSameAsAbsent(@Nullable Object value) {
        return value == null
                || value.equals(false)
                || value.equals("")
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    /** Null stands for absent, as with the API. */
    private interface Type {
        @Nullable
        String problem(String path, @Nullable Object value);
    }

    private record ObjectType(Map<String, Type> members) implements Type {
        @Override
        public @Nullable String problem(String path, @Nullable Object value) {
            if (value == null) {
                return null;
            }
            if (!(value instanceof Map<?, ?> map)) {
                return path + " is not an object";
            }
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Type type = members.get((String) entry.getKey());
                String problem = type == null ? null : type.problem(path + "/" + entry.getKey(), entry.getValue());
                if (problem != null) {
                    return problem;
                }
            }
            return null;
        }

        private ObjectType and(Object... namesAndTypes) {
            Map<String, Type> all = new LinkedHashMap<>(members);
            all.putAll(object(namesAndTypes).members);
            return new ObjectType(all);
        }
    }

    private static Type scalar(String what, Predicate<Object> test) {
        return (path, value) -> value == null || test.test(value) ? null : path + " is not " + what;
    }

    private static ObjectType object(Object... namesAndTypes) {
        Map<String, Type> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            members.put((String) namesAndTypes[i], (Type) namesAndTypes[i + 1]);
        }
        return new ObjectType(members);
    }

    private static Type listOf(Type element) {
        return (path, value) -> value == null
                ? null
                : value instanceof List<?> list ? first(path, element, list) : path + " is not a list";
    }

    private static Type mapOf(Type element) {
        return (path, value) -> value == null
                ? null
                : value instanceof Map<?, ?> map
                        ? first(path, element, new ArrayList<>(map.values()))
                        : path + " is not an object";
    }

    private static @Nullable String first(String path, Type element, List<?> values) {
        for (int i = 0; i < values.size(); i++) {
            String problem = element.problem(path + "/" + i, values.get(i));
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }
}
