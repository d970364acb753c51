package io.purser.agent.template.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a parsed template. Every node knows its offset in the text, for messages. */
public sealed interface Node {

    /** Where it begins in the template's text, in UTF-16 units. */
    int offset();

    /** Text and actions, one after the other. */
    record Sequence(int offset, List<Node> nodes) implements Node {}

    /** Text between actions. */
    record Text(int offset, String text) implements Node {}

    /** A pipeline whose value is printed, unless it declares a variable. */
    record Action(int offset, Pipeline pipeline) implements Node {}

    /** {@code if}. */
    record If(
            int offset,
            Pipeline condition,
            Sequence then,
            @Nullable Sequence otherwise) implements Node {}

    /** {@code with}: dot becomes the value. */
    record With(
            int offset,
            Pipeline value,
            Sequence body,
            @Nullable Sequence otherwise) implements Node {}

    /** {@code range}. */
    record Range(
            int offset,
            Pipeline value,
            Sequence body,
            @Nullable Sequence otherwise) implements Node {}

    /** {@code break}. */
    record Break(int offset) implements Node {}

    /** {@code continue}. */
    record Continue(int offset) implements Node {}

    /** {@code template}: a call of a named template. */
    record Call(int offset, String name, @Nullable Pipeline argument) implements Node {}

    /**
     * Commands, each one's value being the last argument of the next.
     *
     * @param variables declared or assigned, with their dollar
     * @param assign whether the variables exist already
     */
    record Pipeline(int offset, List<String> variables, boolean assign, List<Command> commands) implements Node {}

    /** A function or value with its arguments; never empty. */
    record Command(int offset, List<Node> words) implements Node {}

    /** The name of a function. */
    record Identifier(int offset, String name) implements Node {}

    /** Dot. */
    record Dot(int offset) implements Node {}

    /** The word nil. */
    record Nil(int offset) implements Node {}

    /** {@code .a.b}: fields of dot. */
    record Field(int offset, List<String> names) implements Node {}

    /** {@code $x.a.b}: a variable and fields of its value. */
    record Variable(int offset, String name, List<String> fields) implements Node {}

    /** {@code (pipeline).a.b} or {@code function.a.b}: fields of a value. */
    record Chain(int offset, Node value, List<String> fields) implements Node {}

    /** true or false. */
    record Bool(int offset, boolean value) implements Node {}

    /** A number or character constant. */
    record Numeral(int offset, NumberLiteral literal) implements Node {}

    /** Quoted text, escapes resolved. */
    record Quoted(int offset, String value) implements Node {}
}
