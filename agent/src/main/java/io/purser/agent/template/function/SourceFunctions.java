package io.purser.agent.template.function;

import io.purser.agent.template.source.FileWrite;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.SourceException;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.GoText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions that ask for something outside of the template: secrets, files, environment, time, other templates. */
final class SourceFunctions implements FunctionGroup {
    private static final Pattern MODE = Pattern.compile("[0-7]{1,11}");

    @Override
    public String signatures() {
        return """
                env(name string) string
                envOrDefault(name string, default string) string
                executeTemplate(name string, dot ...any) string
                file(path string) string
                mustEnv(name string) string
                pkiCert(path_and_parameters ...string) any
                scratch() scratch
                secret(path_and_parameters ...string) any
                secrets(path string) []string
                timestamp(layout ...string) string
                writeToFile(path string, owner string, group string, mode string, content ...string) string
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "env" -> environment(session, a.text(0), "");
            case "envOrDefault" -> environment(session, a.text(0), a.text(1));
            case "mustEnv" -> required(session, a.text(0));
            case "executeTemplate" -> execute(a, session);
            case "file" ->
                a.text(0).isEmpty() ? "" : session.context().file(a.text(0).strip());
            case "pkiCert" -> certificate(a.textsFrom(0), session);
            case "scratch" -> session.scratch();
            case "secret" -> secret(a.textsFrom(0), session);
            case "secrets" -> secrets(a.text(0), session);
            case "timestamp" -> timestamp(a.textsFrom(0), session);
            case "writeToFile" -> writeToFile(a, session);
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static String environment(Session session, String name, String otherwise) {
        String value = session.context().environment(name);
        return value == null ? otherwise : value;
    }

    private static String required(Session session, String name) {
        String value = environment(session, name, "");
        if (value.isEmpty()) {
            throw new FunctionException("the environment variable \"" + name + "\" is empty, set it in the pod");
        }
        return value;
    }

    private static String execute(Arguments a, Session session) {
        if (a.size() > 2) {
            throw new FunctionException("it takes 1 or 2 arguments, not " + a.size());
        }
        return session.execute(a.text(0), a.size() == 2 ? a.any(1) : null);
    }

    private static @Nullable Object secret(List<String> arguments, Session session) {
        if (arguments.isEmpty()) {
            return null;
        }
        String path = path(arguments.get(0));
        boolean write = arguments.size() > 1;
        SecretRequest request = write
                ? new SecretRequest.Write(plainPath(path), parameters(arguments))
                : new SecretRequest.Read(readPath(path));
        Secret secret = session.context().secret(request);
        if (secret == null) {
            return GoStruct.nil("dependency.Secret");
        }
        if (!write && secret.isDeleted(session.context().now())) {
            throw new SourceException("no secret exists at " + request + ", its latest version is deleted");
        }
        return SecretValues.of(secret);
    }

    private static @Nullable Object certificate(List<String> arguments, Session session) {
        if (arguments.isEmpty()) {
            return null;
        }
        String path = plainPath(path(arguments.get(0)));
        Secret secret = session.context().certificate(new SecretRequest.PkiCert(path, parameters(arguments)));
        return Certificates.of(secret);
    }

    private static GoList secrets(String path, Session session) {
        if (path.isEmpty()) {
            return GoList.ofStrings(List.of());
        }
        List<String> keys = new ArrayList<>(session.context().secrets(new SecretRequest.ListPath(path(path))));
        keys.sort(GoText::compare); // as Vault Agent does: not every list of the store is sorted
        return GoList.ofStrings(keys);
    }

    private static String path(String text) {
        String path = SecretRequest.trim(text);
        if (path.isEmpty()) {
            throw new FunctionException("the path is empty");
        }
        return path;
    }

    private static String plainPath(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** Only the query's parameters that have a value count; they are kept as written. */
    private static String readPath(String path) {
        return path.endsWith("?") ? path.substring(0, path.length() - 1) : path;
    }

    private static SortedMap<String, String> parameters(List<String> arguments) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String argument : arguments.subList(1, arguments.size())) {
            if (argument.isEmpty()) {
                continue;
            }
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new FunctionException("each argument after the path must have the form key=value");
            }
            parameters.put(
                    argument.substring(0, equals).strip(),
                    argument.substring(equals + 1).strip());
        }
        return parameters;
    }

    private static String timestamp(List<String> layout, Session session) {
        if (layout.size() > 1) {
            throw new FunctionException("it takes 0 or 1 arguments, not " + layout.size());
        }
        GoTime now = GoTime.utc(session.context().now());
        if (layout.isEmpty()) {
            return now.format(TimeLayout.RFC3339);
        }
        return layout.get(0).equals("unix") ? String.valueOf(now.value().toEpochSecond()) : now.format(layout.get(0));
    }

    private static String writeToFile(Arguments a, Session session) {
        List<String> rest = a.textsFrom(4);
        if (rest.isEmpty()) {
            throw new FunctionException("there is no content to write");
        }
        if (!MODE.matcher(a.text(3)).matches()) {
            throw new FunctionException("the mode must be octal, for example \"0640\"");
        }
        String flags = rest.size() == 2 ? rest.get(0) : "";
        String content = rest.get(rest.size() - 1) + (flags.contains("newline") ? "\n" : "");
        ByteBuffer bytes = ByteBuffer.wrap(GoText.bytes(content)).asReadOnlyBuffer();
        session.context()
                .write(new FileWrite(a.text(0), a.text(1), a.text(2), a.text(3), flags.contains("append"), bytes));
        return "";
    }
}
