package io.purser.agent.template.parse;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a template into tokens, as Go's lexer does: text up to a delimiter, then the words of the action. Trim markers and
 * comments are dealt with here; the parser never sees them. After an error it gives nothing but that error.
 */
final class Lexer {
    private static final String SPACES = " \t\r\n";

    private final String input;
    private final String left;
    private final String right;
    private final Scanner scan;
    private boolean insideAction;
    private int parenDepth;
    private @Nullable Token error;

    Lexer(String input, TemplateOptions options) {
        this.input = input;
        this.left = options.leftDelimiter();
        this.right = options.rightDelimiter();
        this.scan = new Scanner(input, right);
    }

    Token next() {
        if (error != null) {
            return error;
        }
        Token token = insideAction ? insideAction() : text();
        if (token.is(Token.Type.ERROR)) {
            error = token;
        }
        return token;
    }

    private Token text() {
        while (true) {
            int start = scan.position();
            int delimiter = input.indexOf(left, start);
            if (delimiter < 0) {
                scan.moveTo(input.length());
                return start == input.length()
                        ? new Token(Token.Type.END_OF_TEXT, start, "")
                        : new Token(Token.Type.TEXT, start, input.substring(start));
            }
            int end = hasLeftTrimMarker(delimiter + left.length()) ? trimRight(start, delimiter) : delimiter;
            scan.moveTo(delimiter);
            if (end > start) {
                return new Token(Token.Type.TEXT, start, input.substring(start, end));
            }
            Token opened = leftDelimiter();
            if (opened != null) {
                return opened;
            }
        }
    }

    /** The delimiter, or null after a comment. */
    private @Nullable Token leftDelimiter() {
        int start = scan.position();
        int after = start + left.length();
        int content = hasLeftTrimMarker(after) ? after + 2 : after;
        scan.moveTo(content);
        if (input.startsWith("/*", content)) {
            return comment(content);
        }
        insideAction = true;
        parenDepth = 0;
        return new Token(Token.Type.LEFT_DELIMITER, start, left);
    }

    private @Nullable Token comment(int start) {
        int end = input.indexOf("*/", start + 2);
        if (end < 0) {
            return new Token(Token.Type.ERROR, start, "this comment is not closed, add */");
        }
        scan.moveTo(end + 2);
        boolean trim = atTrimmedRightDelimiter();
        if (!trim && !input.startsWith(right, end + 2)) {
            return new Token(
                    Token.Type.ERROR, end + 2, "a comment must end right before the closing delimiter " + right);
        }
        closeDelimiter(trim);
        return null;
    }

    private Token rightDelimiter() {
        int start = scan.position();
        closeDelimiter(atTrimmedRightDelimiter());
        insideAction = false;
        return new Token(Token.Type.RIGHT_DELIMITER, start, right);
    }

    private void closeDelimiter(boolean trim) {
        int position = scan.position() + (trim ? 2 : 0) + right.length();
        while (trim && position < input.length() && isSpace(input.charAt(position))) {
            position++;
        }
        scan.moveTo(position);
    }

    private Token insideAction() {
        if (atTrimmedRightDelimiter() || input.startsWith(right, scan.position())) {
            return parenDepth == 0
                    ? rightDelimiter()
                    : new Token(Token.Type.ERROR, scan.position(), "a parenthesis is not closed before " + right);
        }
        int start = scan.position();
        int c = scan.peek();
        if (c == Scanner.END) {
            return new Token(Token.Type.ERROR, start, "this action is not closed, add " + right);
        }
        if (isSpace(c)) {
            return space();
        }
        return switch (c) {
            case '=' -> single(Token.Type.ASSIGN);
            case '|' -> single(Token.Type.PIPE);
            case ':' -> declare();
            case '"', '\'', '`' -> scan.quoted();
            case '$' -> scan.fieldOrVariable(Token.Type.VARIABLE);
            case '(' -> paren(Token.Type.LEFT_PAREN, 1);
            case ')' -> paren(Token.Type.RIGHT_PAREN, -1);
            default -> word(c);
        };
    }

    private Token word(int c) {
        if (c == '.' && !scan.digitFollows()) {
            return scan.fieldOrVariable(Token.Type.FIELD);
        }
        if (c == '.' || c == '+' || c == '-' || (c >= '0' && c <= '9')) {
            return scan.number();
        }
        if (Scanner.isAlphanumeric(c)) {
            return scan.identifier();
        }
        if (c > ' ' && c < 0x7f) {
            return single(Token.Type.CHARACTER);
        }
        return new Token(
                Token.Type.ERROR,
                scan.position(),
                String.format("the character U+%04X does not belong into an action", c));
    }

    private Token declare() {
        int start = scan.position();
        if (!input.startsWith(":=", start)) {
            return new Token(Token.Type.ERROR, start, "a colon must be followed by =, as in $x := 1");
        }
        scan.moveTo(start + 2);
        return new Token(Token.Type.DECLARE, start, ":=");
    }

    private Token paren(Token.Type type, int change) {
        parenDepth += change;
        return parenDepth < 0
                ? new Token(Token.Type.ERROR, scan.position(), "this parenthesis closes nothing")
                : single(type);
    }

    private Token single(Token.Type type) {
        int start = scan.position();
        scan.moveTo(start + 1);
        return new Token(type, start, input.substring(start, start + 1));
    }

    /** A run of blanks, less the one that belongs to a trim marker. */
    private Token space() {
        int start = scan.position();
        int end = start;
        while (end < input.length() && isSpace(input.charAt(end))) {
            end++;
        }
        scan.moveTo(end - 1);
        if (!atTrimmedRightDelimiter()) {
            scan.moveTo(end);
        } else if (end - 1 == start) {
            return rightDelimiter();
        }
        return new Token(Token.Type.SPACE, start, " ");
    }

    private boolean atTrimmedRightDelimiter() {
        int position = scan.position();
        return position + 1 < input.length()
                && isSpace(input.charAt(position))
                && input.charAt(position + 1) == '-'
                && input.startsWith(right, position + 2);
    }

    private boolean hasLeftTrimMarker(int position) {
        return position + 1 < input.length() && input.charAt(position) == '-' && isSpace(input.charAt(position + 1));
    }

    private int trimRight(int start, int end) {
        int trimmed = end;
        while (trimmed > start && isSpace(input.charAt(trimmed - 1))) {
            trimmed--;
        }
        return trimmed;
    }

    static boolean isSpace(int c) {
        return SPACES.indexOf(c) >= 0;
    }
}
