package io.purser.agent.template.parse;

/** Reads the words inside an action: names, numbers and quoted text. It holds the position in the template. */
final class Scanner {
    static final int END = -1;

    private final String input;
    private final String rightDelimiter;
    private int position;

    Scanner(String input, String rightDelimiter) {
        this.input = input;
        this.rightDelimiter = rightDelimiter;
    }

    int position() {
        return position;
    }

    void moveTo(int newPosition) {
        position = newPosition;
    }

    int peek() {
        return position < input.length() ? input.codePointAt(position) : END;
    }

    private int read() {
        int c = peek();
        position += c == END ? 0 : Character.charCount(c);
        return c;
    }

    /** Whether a digit follows the character at the position. */
    boolean digitFollows() {
        return position + 1 < input.length() && input.charAt(position + 1) >= '0' && input.charAt(position + 1) <= '9';
    }

    Token identifier() {
        int start = position;
        skipAlphanumeric();
        if (!atTerminator()) {
            return badCharacter();
        }
        String word = input.substring(start, position);
        return new Token(Token.Type.ofWord(word), start, word);
    }

    /** A dot or dollar and the name after it, if there is one. */
    Token fieldOrVariable(Token.Type type) {
        int start = position;
        position++;
        if (atTerminator()) {
            return new Token(type == Token.Type.FIELD ? Token.Type.DOT : type, start, input.substring(start, position));
        }
        skipAlphanumeric();
        if (!atTerminator()) {
            return badCharacter();
        }
        return new Token(type, start, input.substring(start, position));
    }

    private Token badCharacter() {
        int c = peek();
        String reason = c == '-'
                ? "a name cannot hold a hyphen (U+002D), write index . \"some-key\" for such a key"
                : String.format("the character U+%04X cannot follow a name", c);
        return new Token(Token.Type.ERROR, position, reason);
    }

    private void skipAlphanumeric() {
        while (isAlphanumeric(peek())) {
            read();
        }
    }

    private boolean atTerminator() {
        int c = peek();
        return c == END || Lexer.isSpace(c) || ".,|:)(".indexOf(c) >= 0 || input.startsWith(rightDelimiter, position);
    }

    /** Text in double quotes, back quotes, or a character in single quotes; escapes are the parser's matter. */
    Token quoted() {
        int start = position;
        int quote = read();
        while (true) {
            int c = read();
            if (c == quote) {
                break;
            }
            if (quote != '`' && c == '\\') {
                c = read();
                if (c != END && c != '\n') {
                    continue;
                }
            }
            if (c == END || (c == '\n' && quote != '`')) {
                return new Token(Token.Type.ERROR, start, "this text is not closed, add " + (char) quote);
            }
        }
        Token.Type type =
                quote == '"' ? Token.Type.STRING : quote == '`' ? Token.Type.RAW_STRING : Token.Type.CHAR_CONSTANT;
        return new Token(type, start, input.substring(start, position));
    }

    Token number() {
        int start = position;
        boolean good = scanNumber();
        Token.Type type = Token.Type.NUMBER;
        if (good && (peek() == '+' || peek() == '-')) {
            type = Token.Type.COMPLEX;
            good = scanNumber() && input.charAt(position - 1) == 'i';
        }
        String text = input.substring(start, position);
        return good
                ? new Token(type, start, text)
                : new Token(Token.Type.ERROR, start, "\"" + text + "\" is no number");
    }

    private boolean scanNumber() {
        accept("+-");
        String digits = "0123456789_";
        if (accept("0")) {
            if (accept("xX")) {
                digits = "0123456789abcdefABCDEF_";
            } else if (accept("oO")) {
                digits = "01234567_";
            } else if (accept("bB")) {
                digits = "01_";
            }
        }
        acceptRun(digits);
        if (accept(".")) {
            acceptRun(digits);
        }
        if ((digits.length() == 11 && accept("eE")) || (digits.length() == 23 && accept("pP"))) {
            accept("+-");
            acceptRun("0123456789_");
        }
        accept("i");
        if (isAlphanumeric(peek())) {
            read();
            return false;
        }
        return true;
    }

    private boolean accept(String valid) {
        if (position < input.length() && valid.indexOf(input.charAt(position)) >= 0) {
            position++;
            return true;
        }
        return false;
    }

    private void acceptRun(String valid) {
        while (accept(valid)) {
            // accept moves on
        }
    }

    static boolean isAlphanumeric(int c) {
        return c == '_'
                || (c != END && (Character.isLetter(c) || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER));
    }
}
