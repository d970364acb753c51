package io.purser.agent.template.parse;

import io.purser.agent.template.value.GoText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a template's tree: text, actions and control structures. Pipelines are {@link PipelineParser}'s. It accepts what
 * Go 1.26 accepts, but for nesting deeper than anything a person writes.
 */
public final class Parser {
    private static final int MAX_NESTING = 300;

    private final TokenReader tokens;
    private final Map<String, Node.Sequence> definitions = new HashMap<>();
    private PipelineParser pipelines;
    private final KnownFunctions functions;
    private int rangeDepth;
    private int nesting;

    private Parser(TokenReader tokens, KnownFunctions functions) {
        this.tokens = tokens;
        this.functions = functions;
        this.pipelines = new PipelineParser(tokens, functions);
    }

    /** What ended a list: {@code end}, or {@code else} perhaps with a keyword that follows it. */
    private record ListEnd(int offset, boolean isElse) {}

    private record Body(Node.Sequence list, ListEnd end) {}

    private record Control(Node.Pipeline pipeline, Node.Sequence body, Node.@Nullable Sequence otherwise) {}

    /**
     * Parses a template.
     *
     * @throws TemplateException at the first thing that is wrong
     */
    public static ParsedTemplate parse(String name, String text, TemplateOptions options, KnownFunctions functions) {
        Parser parser = new Parser(new TokenReader(name, text, options), functions);
        Node.Sequence root = parser.topLevel();
        Node.Sequence empty = parser.definitions.get("");
        if (empty != null && isBlank(root)) {
            root = empty;
        } else if (empty != null && !isBlank(empty)) {
            throw parser.tokens.error(0, "the template named \"\" is defined twice: once as the whole");
        }
        return new ParsedTemplate(name, text, root, parser.definitions);
    }

    private Node.Sequence topLevel() {
        List<Node> nodes = new ArrayList<>();
        while (!tokens.peek().is(Token.Type.END_OF_TEXT)) {
            Token first = tokens.next();
            if (first.is(Token.Type.LEFT_DELIMITER)) {
                Token word = tokens.nextNonSpace();
                if (word.is(Token.Type.DEFINE)) {
                    definition();
                    continue;
                }
                tokens.putBack(word);
            }
            tokens.putBack(first);
            Object parsed = textOrAction();
            if (!(parsed instanceof Node node)) {
                ListEnd end = (ListEnd) parsed;
                throw tokens.error(
                        end.offset(), end.isElse() ? "else without if, range or with" : "end without a start");
            }
            nodes.add(node);
        }
        return new Node.Sequence(0, nodes);
    }

    private void definition() {
        Token name = tokens.nextNonSpace();
        String definitionName = templateName(name, "define");
        tokens.expect(Token.Type.RIGHT_DELIMITER, "define");
        define(name, definitionName, detachedBody("define"));
    }

    /** A body with its own variables, outside any range. */
    private Node.Sequence detachedBody(String what) {
        PipelineParser outer = pipelines;
        int outerDepth = rangeDepth;
        pipelines = new PipelineParser(tokens, functions);
        rangeDepth = 0;
        Body body = list();
        if (body.end().isElse()) {
            throw tokens.error(body.end().offset(), "else does not belong into " + what);
        }
        pipelines = outer;
        rangeDepth = outerDepth;
        return body.list();
    }

    private void define(Token place, String name, Node.Sequence list) {
        Node.Sequence existing = definitions.get(name);
        if (existing == null || isBlank(existing)) {
            definitions.put(name, list);
        } else if (!isBlank(list)) {
            throw tokens.error(place.offset(), "the template \"" + name + "\" is defined twice");
        }
    }

    private static boolean isBlank(Node.Sequence list) {
        for (Node node : list.nodes()) {
            if (!(node instanceof Node.Text text && GoText.isBlank(text.text()))) {
                return false;
            }
        }
        return true;
    }

    private Body list() {
        if (++nesting > MAX_NESTING) {
            throw tokens.error(tokens.peek().offset(), "more than " + MAX_NESTING + " nested blocks");
        }
        int offset = tokens.peekNonSpace().offset();
        List<Node> nodes = new ArrayList<>();
        while (!tokens.peekNonSpace().is(Token.Type.END_OF_TEXT)) {
            Object parsed = textOrAction();
            if (parsed instanceof ListEnd end) {
                nesting--;
                return new Body(new Node.Sequence(offset, nodes), end);
            }
            nodes.add((Node) parsed);
        }
        throw tokens.error(tokens.peek().offset(), "the template ends inside a block, an end is missing");
    }

    /** A node, or a ListEnd. */
    private Object textOrAction() {
        Token token = tokens.nextNonSpace();
        return switch (token.type()) {
            case TEXT -> new Node.Text(token.offset(), token.text());
            case LEFT_DELIMITER -> action();
            default -> throw tokens.unexpected(token, "the template");
        };
    }

    private Object action() {
        Token token = tokens.nextNonSpace();
        return switch (token.type()) {
            case BLOCK -> block();
            case BREAK, CONTINUE -> leaveIteration(token);
            case ELSE -> elseEnd(token);
            case END -> {
                tokens.expect(Token.Type.RIGHT_DELIMITER, "end");
                yield new ListEnd(token.offset(), false);
            }
            case IF, RANGE, WITH -> control(token);
            case TEMPLATE -> call();
            default -> {
                tokens.putBack(token);
                yield new Node.Action(token.offset(), pipelines.pipeline("command", Token.Type.RIGHT_DELIMITER));
            }
        };
    }

    private Node leaveIteration(Token word) {
        tokens.expect(Token.Type.RIGHT_DELIMITER, word.text());
        if (rangeDepth == 0) {
            throw tokens.error(word.offset(), word.text() + " outside of range");
        }
        return word.is(Token.Type.BREAK) ? new Node.Break(word.offset()) : new Node.Continue(word.offset());
    }

    /** Leaves the word of an {@code else if} or {@code else with} to whoever asked for the list. */
    private ListEnd elseEnd(Token token) {
        Token.Type next = tokens.peekNonSpace().type();
        if (next != Token.Type.IF && next != Token.Type.WITH) {
            tokens.expect(Token.Type.RIGHT_DELIMITER, "else");
        }
        return new ListEnd(token.offset(), true);
    }

    private Node control(Token word) {
        Control control = controlParts(word);
        int offset = word.offset();
        return switch (word.type()) {
            case IF -> new Node.If(offset, control.pipeline(), control.body(), control.otherwise());
            case WITH -> new Node.With(offset, control.pipeline(), control.body(), control.otherwise());
            default -> new Node.Range(offset, control.pipeline(), control.body(), control.otherwise());
        };
    }

    private Control controlParts(Token word) {
        int variables = pipelines.mark();
        Node.Pipeline pipeline = pipelines.pipeline(word.text(), Token.Type.RIGHT_DELIMITER);
        rangeDepth += word.is(Token.Type.RANGE) ? 1 : 0;
        Body body = list();
        rangeDepth -= word.is(Token.Type.RANGE) ? 1 : 0;
        Node.Sequence otherwise = body.end().isElse() ? otherwise(word) : null;
        pipelines.release(variables);
        return new Control(pipeline, body.list(), otherwise);
    }

    private Node.Sequence otherwise(Token word) {
        Token next = tokens.peekNonSpace();
        if (next.is(word.type()) && !next.is(Token.Type.RANGE)) {
            tokens.nextNonSpace();
            if (++nesting > MAX_NESTING) {
                throw tokens.error(next.offset(), "more than " + MAX_NESTING + " branches of else");
            }
            Node chained = control(next);
            nesting--;
            return new Node.Sequence(next.offset(), List.of(chained));
        }
        Body body = list();
        if (body.end().isElse()) {
            throw tokens.error(body.end().offset(), "a second else, end was expected");
        }
        return body.list();
    }

    private Node block() {
        Token place = tokens.nextNonSpace();
        String name = templateName(place, "block");
        Node.Pipeline argument = pipelines.pipeline("block", Token.Type.RIGHT_DELIMITER);
        define(place, name, detachedBody("block"));
        return new Node.Call(place.offset(), name, argument);
    }

    private Node call() {
        Token place = tokens.nextNonSpace();
        String name = templateName(place, "template");
        if (tokens.peekNonSpace().is(Token.Type.RIGHT_DELIMITER)) {
            tokens.nextNonSpace();
            return new Node.Call(place.offset(), name, null);
        }
        return new Node.Call(place.offset(), name, pipelines.pipeline("template", Token.Type.RIGHT_DELIMITER));
    }

    private String templateName(Token token, String context) {
        if (!token.is(Token.Type.STRING) && !token.is(Token.Type.RAW_STRING)) {
            throw tokens.unexpected(token, context + ", a quoted name was expected");
        }
        return pipelines.unquote(token);
    }
}
