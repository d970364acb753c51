package io.purser.agent.template.function;

import io.purser.agent.template.parse.KnownFunctions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All functions by name. The two halves, the agent's own and sprig's, are read when the first name of each is asked for, so
 * that a template without sprig loads none of it.
 */
public final class FunctionTable implements KnownFunctions {
    /** The only one. */
    public static final FunctionTable INSTANCE = new FunctionTable();

    private static final String SPRIG = "sprig_";

    private FunctionTable() {}

    /** A function with what is needed to call it. */
    public record Function(
            String signature, Signature parsed, @Nullable FunctionGroup group) {

        /**
         * Calls it with arguments that fit its signature.
         *
         * @throws io.purser.agent.template.value.FunctionException if it cannot do what it was asked
         */
        public @Nullable Object call(Arguments arguments, Session session) {
            return group == null ? null : group.call(parsed.name(), arguments, session);
        }
    }

    private record Listed(String signature, FunctionGroup group) {}

    private static final class Own {
        static final Map<String, Listed> TABLE = table(
                "",
                List.of(
                        new GoFunctions(),
                        new SourceFunctions(),
                        new TextFunctions(),
                        new ParseFunctions(),
                        new CollectionFunctions(),
                        new MathFunctions()));
    }

    private static final class Sprig {
        static final Map<String, Listed> TABLE = table(
                SPRIG,
                List.of(
                        new SprigTextFunctions(),
                        new SprigEncodingFunctions(),
                        new SprigListFunctions(),
                        new SprigMapFunctions(),
                        new SprigNumberFunctions(),
                        new SprigDefaultFunctions(),
                        new SprigPatternFunctions(),
                        new SprigTimeFunctions(),
                        new SprigCryptoFunctions()));
    }

    private static Map<String, Listed> table(String prefix, List<FunctionGroup> groups) {
        Map<String, Listed> table = new TreeMap<>();
        for (FunctionGroup group : groups) {
            for (String line : group.signatures().strip().split("\n", -1)) {
                String name = line.substring(0, line.indexOf('('));
                table.put(prefix + name, new Listed(line, group));
            }
        }
        return table;
    }

    private static @Nullable Listed find(String name) {
        return name.startsWith(SPRIG) ? Sprig.TABLE.get(name) : Own.TABLE.get(name);
    }

    /** The function of that name, or null. */
    public @Nullable Function function(String name) {
        Listed listed = find(name);
        return listed == null
                ? null
                : new Function(listed.signature(), Signature.parse(listed.signature()), listed.group());
    }

    /** The signature as the reference shows it, or null. */
    public @Nullable String signature(String name) {
        Listed listed = find(name);
        return listed == null ? null : (name.startsWith(SPRIG) ? SPRIG : "") + listed.signature();
    }

    @Override
    public boolean has(String name) {
        return find(name) != null;
    }

    @Override
    public @Nullable String refusal(String name) {
        return RefusedFunctions.reason(name);
    }

    @Override
    public Collection<String> names() {
        TreeMap<String, Listed> all = new TreeMap<>(Own.TABLE);
        all.putAll(Sprig.TABLE);
        return all.keySet();
    }
}
