package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sprig's defaults, choices, types and copies. */
final class SprigDefaultFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                all(values ...any) bool
                any(values ...any) bool
                coalesce(values ...any) any
                deepCopy(value any) any
                deepEqual(left any, right any) bool
                default(default any, given ...any) any
                empty(value any) bool
                fail(message string) string
                kindIs(kind string, value any) bool
                kindOf(value any) string
                mustDeepCopy(value any) any
                ternary(yes any, no any, condition bool) any
                typeIs(type string, value any) bool
                typeIsLike(type string, value any) bool
                typeOf(value any) string
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "all" -> a.all().stream().noneMatch(Emptiness::isEmpty);
            case "any" -> !a.all().stream().allMatch(Emptiness::isEmpty);
            case "coalesce" -> coalesce(a.all());
            case "deepCopy", "mustDeepCopy" -> DeepCopy.of(a.any(0));
            case "deepEqual" -> DeepEquality.equal(a.any(0), a.any(1));
            case "default" -> a.size() < 2 || Emptiness.isEmpty(a.any(1)) ? a.any(0) : a.any(1);
            case "empty" -> Emptiness.isEmpty(a.any(0));
            case "fail" -> throw new FunctionException(a.text(0));
            case "kindIs" -> a.text(0).equals(Values.kind(a.any(1)).goName());
            case "kindOf" -> Values.kind(a.any(0)).goName();
            case "ternary" -> a.bool(2) ? a.any(0) : a.any(1);
            case "typeIs" -> a.text(0).equals(Values.typeName(a.any(1)));
            case "typeIsLike" -> isLike(a.text(0), Values.typeName(a.any(1)));
            case "typeOf" -> Values.typeName(a.any(0));
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static @Nullable Object coalesce(List<@Nullable Object> values) {
        for (Object value : values) {
            if (!Emptiness.isEmpty(value)) {
                return value;
            }
        }
        return null;
    }

    private static boolean isLike(String wanted, String type) {
        return wanted.equals(type) || type.equals("*" + wanted) || ("*" + wanted).equals(type);
    }
}
