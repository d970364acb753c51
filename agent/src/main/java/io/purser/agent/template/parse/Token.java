package io.purser.agent.template.parse;

/**
 * One token of a template.
 *
 * @param type what it is
 * @param offset where it begins, in UTF-16 units
 * @param text its characters; for {@link Type#ERROR} the reason
 */
record Token(Type type, int offset, String text) {

    /** Go's kinds of tokens; one for each keyword. */
    enum Type {
        ERROR,
        END_OF_TEXT,
        TEXT,
        LEFT_DELIMITER,
        RIGHT_DELIMITER,
        SPACE,
        ASSIGN,
        DECLARE,
        PIPE,
        LEFT_PAREN,
        RIGHT_PAREN,
        CHARACTER,
        BOOL,
        CHAR_CONSTANT,
        COMPLEX,
        NUMBER,
        STRING,
        RAW_STRING,
        IDENTIFIER,
        FIELD,
        VARIABLE,
        DOT,
        NIL,
        BLOCK,
        BREAK,
        CONTINUE,
        DEFINE,
        ELSE,
        END,
        IF,
        RANGE,
        TEMPLATE,
        WITH;

        /** Whether a value or function can begin with it. */
        boolean startsOperand() {
            return switch (this) {
                case BOOL,
                        CHAR_CONSTANT,
                        COMPLEX,
                        DOT,
                        FIELD,
                        IDENTIFIER,
                        NUMBER,
                        NIL,
                        RAW_STRING,
                        STRING,
                        VARIABLE,
                        LEFT_PAREN -> true;
                default -> false;
            };
        }

        static Type ofWord(String word) {
            return switch (word) {
                case "block" -> BLOCK;
                case "break" -> BREAK;
                case "continue" -> CONTINUE;
                case "define" -> DEFINE;
                case "else" -> ELSE;
                case "end" -> END;
                case "if" -> IF;
                case "nil" -> NIL;
                case "range" -> RANGE;
                case "template" -> TEMPLATE;
                case "with" -> WITH;
                case "true", "false" -> BOOL;
                default -> IDENTIFIER;
            };
        }
    }

    boolean is(Type other) {
        return type == other;
    }

    /** For messages: how the token looks in the template, shortened. */
    String describe() {
        return switch (type) {
            case END_OF_TEXT -> "the end of the template";
            case ERROR -> text;
            default -> "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
        };
    }
}
