package io.purser.agent.template.parse;

import io.purser.agent.template.value.GoText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses what stands inside one action: declarations, commands, operands. It knows which variables are in scope. */
final class PipelineParser {
    private static final int MAX_PARENS = 200;

    private final TokenReader tokens;
    private final KnownFunctions functions;
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int parens;

    PipelineParser(TokenReader tokens, KnownFunctions functions) {
        this.tokens = tokens;
        this.functions = functions;
    }

    /** The number of variables now in scope, for {@link #release}. */
    int mark() {
        return variables.size();
    }

    void release(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    Node.Pipeline pipeline(String context, Token.Type end) {
        int offset = tokens.peekNonSpace().offset();
        List<String> declared = new ArrayList<>();
        boolean assign = declarations(context, declared);
        List<Node.Command> commands = new ArrayList<>();
        while (true) {
            Token token = tokens.nextNonSpace();
            if (token.is(end)) {
                check(token, commands, context);
                return new Node.Pipeline(offset, declared, assign, commands);
            }
            if (!token.type().startsOperand()) {
                throw tokens.unexpected(token, context);
            }
            tokens.putBack(token);
            commands.add(command());
        }
    }

    /** Reads {@code $x :=}, {@code $x =} and, for range, {@code $i, $x :=}. Tells whether it is an assignment. */
    private boolean declarations(String context, List<String> declared) {
        Token variable = tokens.peekNonSpace();
        if (!variable.is(Token.Type.VARIABLE)) {
            return false;
        }
        tokens.next();
        Token adjacent = tokens.peek();
        Token next = tokens.peekNonSpace();
        if (next.is(Token.Type.ASSIGN) || next.is(Token.Type.DECLARE)) {
            tokens.nextNonSpace();
            declare(variable, declared);
            return next.is(Token.Type.ASSIGN);
        }
        if (next.is(Token.Type.CHARACTER) && next.text().equals(",")) {
            tokens.nextNonSpace();
            declare(variable, declared);
            requireSecondVariable(context, next, declared);
            return declarations(context, declared);
        }
        if (adjacent.is(Token.Type.SPACE)) {
            tokens.putBack(adjacent);
        }
        tokens.putBack(variable);
        return false;
    }

    private void declare(Token variable, List<String> declared) {
        declared.add(variable.text());
        variables.add(variable.text());
    }

    private void requireSecondVariable(String context, Token comma, List<String> declared) {
        if (!context.equals("range") || declared.size() >= 2) {
            throw tokens.error(comma.offset(), "too many variables in " + context);
        }
        Token.Type following = tokens.peekNonSpace().type();
        if (following != Token.Type.VARIABLE
                && following != Token.Type.RIGHT_DELIMITER
                && following != Token.Type.RIGHT_PAREN) {
            throw tokens.error(comma.offset(), "a second variable must follow the comma");
        }
    }

    private void check(Token end, List<Node.Command> commands, String context) {
        if (commands.isEmpty()) {
            throw tokens.error(end.offset(), "a value is missing in " + context);
        }
        for (Node.Command command : commands.subList(1, commands.size())) {
            Node first = command.words().get(0);
            if (first instanceof Node.Bool
                    || first instanceof Node.Dot
                    || first instanceof Node.Nil
                    || first instanceof Node.Numeral
                    || first instanceof Node.Quoted) {
                throw tokens.error(command.offset(), "a value cannot stand after |, only a function or field can");
            }
        }
    }

    private Node.Command command() {
        int offset = tokens.peekNonSpace().offset();
        List<Node> words = new ArrayList<>();
        while (true) {
            tokens.peekNonSpace();
            Node operand = operand();
            if (operand != null) {
                words.add(operand);
            }
            Token token = tokens.next();
            if (token.is(Token.Type.SPACE)) {
                continue;
            }
            if (token.is(Token.Type.RIGHT_DELIMITER) || token.is(Token.Type.RIGHT_PAREN)) {
                tokens.putBack(token);
            } else if (!token.is(Token.Type.PIPE)) {
                throw tokens.unexpected(token, "a command");
            }
            break;
        }
        if (words.isEmpty()) {
            throw tokens.error(offset, "a command is missing");
        }
        return new Node.Command(offset, words);
    }

    private @Nullable Node operand() {
        Token first = tokens.peekNonSpace();
        Node term = term();
        if (term == null || !tokens.peek().is(Token.Type.FIELD)) {
            return term;
        }
        List<String> names = new ArrayList<>();
        while (tokens.peek().is(Token.Type.FIELD)) {
            names.add(tokens.next().text().substring(1));
        }
        if (term instanceof Node.Field field) {
            names.addAll(0, field.names());
            return new Node.Field(term.offset(), names);
        }
        if (term instanceof Node.Variable variable) {
            names.addAll(0, variable.fields());
            return new Node.Variable(term.offset(), variable.name(), names);
        }
        if (term instanceof Node.Identifier || term instanceof Node.Pipeline) {
            return new Node.Chain(first.offset(), term, names);
        }
        throw tokens.error(first.offset(), "." + names.get(0) + " cannot follow " + first.describe());
    }

    private @Nullable Node term() {
        Token token = tokens.nextNonSpace();
        int offset = token.offset();
        return switch (token.type()) {
            case IDENTIFIER -> identifier(token);
            case DOT -> new Node.Dot(offset);
            case NIL -> new Node.Nil(offset);
            case VARIABLE -> variable(token);
            case FIELD -> new Node.Field(offset, List.of(token.text().substring(1)));
            case BOOL -> new Node.Bool(offset, token.text().equals("true"));
            case CHAR_CONSTANT, COMPLEX, NUMBER -> new Node.Numeral(offset, number(token));
            case LEFT_PAREN -> parenthesised(token);
            case STRING, RAW_STRING -> new Node.Quoted(offset, unquote(token));
            default -> {
                tokens.putBack(token);
                yield null;
            }
        };
    }

    private Node identifier(Token token) {
        String refusal = functions.refusal(token.text());
        if (refusal != null) {
            throw tokens.error(token.offset(), refusal);
        }
        if (!functions.has(token.text())) {
            throw tokens.error(
                    token.offset(),
                    "there is no function \"" + token.text() + "\""
                            + Spelling.suggestion(token.text(), functions.names()));
        }
        return new Node.Identifier(token.offset(), token.text());
    }

    private Node variable(Token token) {
        if (!variables.contains(token.text())) {
            throw tokens.error(
                    token.offset(),
                    "the variable \"" + token.text() + "\" is not declared"
                            + Spelling.suggestion(token.text(), variables));
        }
        return new Node.Variable(token.offset(), token.text(), List.of());
    }

    private Node parenthesised(Token token) {
        if (++parens > MAX_PARENS) {
            throw tokens.error(token.offset(), "more than " + MAX_PARENS + " nested parentheses");
        }
        Node.Pipeline inner = pipeline("parentheses", Token.Type.RIGHT_PAREN);
        parens--;
        return inner;
    }

    private NumberLiteral number(Token token) {
        if (token.is(Token.Type.CHAR_CONSTANT)) {
            int character = Unquote.character(token.text());
            if (character < 0) {
                throw tokens.error(token.offset(), token.text() + " is no character constant");
            }
            return NumberLiteral.ofCharacter(token.text(), character);
        }
        try {
            return NumberLiteral.parse(token.text());
        } catch (NumberFormatException e) {
            throw tokens.error(token.offset(), String.valueOf(e.getMessage()));
        }
    }

    String unquote(Token token) {
        byte[] bytes = Unquote.bytes(token.text());
        if (bytes == null) {
            throw tokens.error(
                    token.offset(), "an escape in this quoted text is not known; use back quotes for plain text");
        }
        return GoText.of(bytes);
    }
}
