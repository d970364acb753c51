package io.purser.agent.template.eval;

import io.purser.agent.template.function.FunctionTable;
import io.purser.agent.template.parse.Node;
import io.purser.agent.template.parse.NumberLiteral;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.Nil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates pipelines, commands and operands to values. */
final class Pipelines {
    private final Evaluation evaluation;
    private final Scope scope;
    private final Calls calls;
    private final Fields fields;

    Pipelines(Evaluation evaluation, Scope scope) {
        this.evaluation = evaluation;
        this.scope = scope;
        this.calls = new Calls(evaluation, this);
        this.fields = new Fields(evaluation, calls);
    }

    /** The value of a pipeline; declares or assigns its variables. */
    @Nullable
    Object evaluate(Node.Pipeline pipeline, @Nullable Object dot) {
        evaluation.guard(pipeline.offset(), evaluation.budget()::enter);
        Object value = null;
        boolean first = true;
        for (Node.Command command : pipeline.commands()) {
            Words words =
                    new Words(command.offset(), command.words(), dot, first ? Piped.NOTHING : new Piped(true, value));
            value = Nil.unwrap(command(words));
            first = false;
        }
        for (String variable : pipeline.variables()) {
            if (pipeline.assign()) {
                requireDeclared(variable, pipeline.offset());
                scope.assign(variable, value);
            } else {
                scope.push(variable, value);
            }
        }
        evaluation.budget().leave();
        return value;
    }

    private @Nullable Object command(Words words) {
        Node first = words.first();
        if (first instanceof Node.Identifier identifier) {
            return function(identifier, words);
        }
        if (first instanceof Node.Field field) {
            return fields.chain(words.dot(), field.names(), words);
        }
        if (first instanceof Node.Variable variable && !variable.fields().isEmpty()) {
            return fields.chain(variable(variable), variable.fields(), words);
        }
        if (first instanceof Node.Chain chain) {
            return fields.chain(chainStart(chain, words.dot()), chain.fields(), words);
        }
        if (words.hasArguments()) {
            throw evaluation.error(first.offset(), "this is no function and takes no argument");
        }
        if (first instanceof Node.Nil) {
            throw evaluation.error(first.offset(), "nil cannot stand alone");
        }
        return operand(first, words.dot());
    }

    private @Nullable Object function(Node.Identifier identifier, Words words) {
        FunctionTable.Function function = FunctionTable.INSTANCE.function(identifier.name());
        if (function == null) {
            throw evaluation.error(identifier.offset(), "there is no function \"" + identifier.name() + "\"");
        }
        return calls.function(function, words);
    }

    private @Nullable Object chainStart(Node.Chain chain, @Nullable Object dot) {
        return chain.value() instanceof Node.Pipeline pipeline ? evaluate(pipeline, dot) : operand(chain.value(), dot);
    }

    /** The value of an operand where no type is asked for. */
    @Nullable
    Object operand(Node node, @Nullable Object dot) {
        if (node instanceof Node.Bool bool) {
            return bool.value();
        }
        if (node instanceof Node.Quoted quoted) {
            return quoted.value();
        }
        if (node instanceof Node.Numeral number) {
            return constant(number);
        }
        if (node instanceof Node.Dot) {
            return dot;
        }
        if (node instanceof Node.Variable variable && variable.fields().isEmpty()) {
            return variable(variable);
        }
        if (node instanceof Node.Pipeline pipeline) {
            return evaluate(pipeline, dot);
        }
        return command(new Words(node.offset(), List.of(node), dot, Piped.NOTHING));
    }

    private @Nullable Object variable(Node.Variable variable) {
        requireDeclared(variable.name(), variable.offset());
        return scope.get(variable.name());
    }

    /** The parser has seen a declaration, but perhaps in an argument that and or or has skipped. */
    private void requireDeclared(String name, int offset) {
        if (!scope.has(name)) {
            throw evaluation.error(offset, "the variable \"" + name + "\" has no value here");
        }
    }

    private Object constant(Node.Numeral node) {
        NumberLiteral literal = node.literal();
        if (literal.looksLikeFloat() && literal.floating() != null) {
            return literal.floating();
        }
        if (literal.signed() == null) {
            throw evaluation.error(node.offset(), literal.text() + " does not fit into an int");
        }
        return literal.signed();
    }

    /** The value of an argument for a parameter of that type. */
    @Nullable
    Object argument(Node node, GoType type, @Nullable Object dot) {
        if (node instanceof Node.Nil) {
            if (!type.canBeNil()) {
                throw evaluation.error(node.offset(), "nil cannot be a " + type.goName());
            }
            return type.zero();
        }
        boolean literal = node instanceof Node.Bool || node instanceof Node.Quoted || node instanceof Node.Numeral;
        return literal
                ? Conversion.literal(evaluation, node, type, this)
                : Conversion.value(evaluation, node.offset(), operand(node, dot), type);
    }
}
