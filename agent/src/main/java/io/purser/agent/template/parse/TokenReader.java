package io.purser.agent.template.parse;

import java.util.ArrayDeque;

/** The parser's view of the tokens: look ahead, put back, and complain with the place. */
final class TokenReader {
    private final String name;
    private final String text;
    private final Lexer lexer;
    private final ArrayDeque<Token> pending = new ArrayDeque<>();

    TokenReader(String name, String text, TemplateOptions options) {
        this.name = name;
        this.text = text;
        this.lexer = new Lexer(text, options);
    }

    Token next() {
        return pending.isEmpty() ? lexer.next() : pending.pop();
    }

    Token peek() {
        Token token = next();
        pending.push(token);
        return token;
    }

    void putBack(Token token) {
        pending.push(token);
    }

    Token nextNonSpace() {
        Token token = next();
        while (token.is(Token.Type.SPACE)) {
            token = next();
        }
        return token;
    }

    Token peekNonSpace() {
        Token token = nextNonSpace();
        pending.push(token);
        return token;
    }

    Token expect(Token.Type type, String context) {
        Token token = nextNonSpace();
        if (!token.is(type)) {
            throw unexpected(token, context);
        }
        return token;
    }

    TemplateException unexpected(Token token, String context) {
        return error(
                token.offset(),
                token.is(Token.Type.ERROR) ? token.text() : "unexpected " + token.describe() + " in " + context);
    }

    TemplateException error(int offset, String reason) {
        return new TemplateException(name, text, offset, reason);
    }
}
