package io.purser.agent.template.eval;

import io.purser.agent.template.function.Arguments;
import io.purser.agent.template.function.FunctionTable;
import io.purser.agent.template.function.Signature;
import io.purser.agent.template.parse.Node;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.Methods;
import io.purser.agent.template.value.Nil;
import io.purser.agent.template.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls functions and methods: counts and converts the arguments, and says where a call failed. */
final class Calls {
    private final Evaluation evaluation;
    private final Pipelines pipelines;

    Calls(Evaluation evaluation, Pipelines pipelines) {
        this.evaluation = evaluation;
        this.pipelines = pipelines;
    }

    @Nullable
    Object function(FunctionTable.Function function, Words words) {
        Signature signature = function.parsed();
        checkCount(signature, words);
        if (signature.name().equals("and") || signature.name().equals("or")) {
            return shortCircuit(signature.name().equals("or"), words);
        }
        List<@Nullable Object> arguments = arguments(signature, words);
        evaluation.calling(words.offset());
        try {
            Object result = function.call(new Arguments(arguments), evaluation);
            evaluation.budget().produced(result);
            return orNil(signature, result);
        } catch (FunctionException e) {
            throw failed(words, signature.name(), e);
        }
    }

    @Nullable
    Object method(Methods receiver, String name, String signatureText, Words words) {
        Signature signature = Signature.parse(signatureText);
        checkCount(signature, words);
        List<@Nullable Object> arguments = arguments(signature, words);
        try {
            return orNil(signature, receiver.invoke(name, arguments));
        } catch (FunctionException e) {
            throw failed(words, name, e);
        }
    }

    /** What a function declared to return anything gives is an interface, even when it is nil. */
    private static @Nullable Object orNil(Signature signature, @Nullable Object result) {
        boolean reflected =
                !signature.parameters().isEmpty() && signature.parameters().get(0) == GoType.VALUE;
        return result == null && !reflected ? Nil.INTERFACE : result;
    }

    private TemplateException failed(Words words, String name, FunctionException failure) {
        return evaluation.error(words.offset(), name + ": " + failure.reason());
    }

    private void checkCount(Signature signature, Words words) {
        int given = words.arguments().size() + (words.isPiped() ? 1 : 0);
        boolean wrong = signature.variadic() ? given < signature.required() : given != signature.required();
        if (wrong) {
            throw evaluation.error(
                    words.offset(),
                    signature.name() + " takes " + (signature.variadic() ? "at least " : "") + signature.required()
                            + " arguments, not " + given);
        }
    }

    private List<@Nullable Object> arguments(Signature signature, Words words) {
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Node argument : words.arguments()) {
            arguments.add(pipelines.argument(argument, signature.parameter(arguments.size()), words.dot()));
        }
        if (words.isPiped()) {
            GoType type = signature.parameter(arguments.size());
            arguments.add(
                    Conversion.value(evaluation, words.offset(), words.piped().value(), type));
        }
        return arguments;
    }

    private @Nullable Object shortCircuit(boolean stopAt, Words words) {
        Object value = null;
        for (Node argument : words.arguments()) {
            value = pipelines.argument(argument, GoType.VALUE, words.dot());
            if (Values.isTrue(value) == stopAt) {
                return value;
            }
        }
        return words.isPiped() ? words.piped().value() : value;
    }
}
