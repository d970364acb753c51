package io.purser.agent.template.function;

import io.purser.agent.template.encode.JsonReader;
import io.purser.agent.template.encode.JsonWriter;
import io.purser.agent.template.encode.TomlWriter;
import io.purser.agent.template.encode.YamlReader;
import io.purser.agent.template.encode.YamlWriter;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoFloat;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.GoMap;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The agent's functions that read and write formats. */
final class ParseFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                parseBool(text string) bool
                parseFloat(text string) float64
                parseInt(text string) int64
                parseJSON(text string) any
                parseUint(text string) uint64
                parseYAML(text string) any
                toJSON(value any) string
                toJSONPretty(value any) string
                toTOML(value any) string
                toUnescapedJSON(value any) string
                toUnescapedJSONPretty(value any) string
                toYAML(value any) string
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "parseBool" -> bool(a.text(0));
            case "parseFloat" -> floating(a.text(0));
            case "parseInt" -> GoInt.int64(integer(a.text(0), true));
            case "parseUint" -> GoInt.uint64(integer(a.text(0), false));
            case "parseJSON" -> a.text(0).isEmpty() ? GoMap.create() : JsonReader.read(a.text(0));
            case "parseYAML" -> a.text(0).isEmpty() ? GoMap.create() : YamlReader.read(a.text(0));
            case "toJSON" -> JsonWriter.write(a.any(0), false, true);
            case "toJSONPretty" -> JsonWriter.write(a.any(0), true, true);
            case "toTOML" -> Texts.trimSpace(TomlWriter.write(a.any(0)));
            case "toUnescapedJSON" -> JsonWriter.write(a.any(0), false, false);
            case "toUnescapedJSONPretty" -> JsonWriter.write(a.any(0), true, false);
            case "toYAML" -> Texts.trimSpace(YamlWriter.write(a.any(0)));
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "", "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new FunctionException("the text is neither true nor false");
        };
    }

    private static double floating(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        Double value = GoFloat.parse(text);
        if (value == null || (value.isInfinite() && text.matches(".*\\d.*"))) {
            throw new FunctionException("the text is no number, or one out of range");
        }
        return value;
    }

    private static long integer(String text, boolean signed) {
        if (text.isEmpty()) {
            return 0;
        }
        boolean wellFormed = text.matches(signed ? "[+-]?[0-9]+" : "[0-9]+");
        BigInteger value = wellFormed ? new BigInteger(text) : BigInteger.ZERO;
        if (!wellFormed || value.bitLength() > (signed ? 63 : 64)) {
            throw new FunctionException("the text is no whole number, or one out of range");
        }
        return value.longValue();
    }
}
