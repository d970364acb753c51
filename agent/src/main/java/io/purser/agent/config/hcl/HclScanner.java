package io.purser.agent.config.hcl;

import java.util.regex.Pattern;

/** Reads the words and texts of HCL; a NUL stands for the end. */
final class HclScanner {

    private final String text;
    private int at;

    HclScanner(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char peek() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    char take() {
        char c = peek();
        at++;
        return c;
    }

    void expect(char wanted) throws HclException {
        skipBlanks();
        if (peek() != wanted) {
            throw error(
                    atEnd()
                            ? "a \"" + wanted + "\" is missing"
                            : "a \"" + wanted + "\" is missing before \"" + peek() + "\"");
        }
        at++;
    }

    /** Blanks, line ends and comments. */
    void skipBlanks() throws HclException {
        while (!atEnd()) {
            if (Character.isWhitespace(peek())) {
                at++;
            } else if (peek() == '#' || text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at);
                if (end < 0) {
                    throw error("a comment does not end");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    String word() throws HclException {
        int start = at;
        while (!atEnd() && (Character.isLetterOrDigit(peek()) || "_-.+".indexOf(peek()) >= 0)) {
            at++;
        }
        if (start == at) {
            throw error(atEnd() ? "the text ends too early" : "\"" + peek() + "\" is unexpected");
        }
        return text.substring(start, at);
    }

    String string() throws HclException {
        int start = at;
        StringBuilder string = new StringBuilder();
        at++;
        while (!atEnd() && peek() != '"' && peek() != '\n') {
            char c = take();
            string.append(c == '\\' ? escaped() : String.valueOf(c));
        }
        if (peek() != '"') {
            at = start;
            throw error("a text does not end on its line");
        }
        at++;
        return string.toString();
    }

    private String escaped() throws HclException {
        char c = take();
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '"', '\\' -> String.valueOf(c);
            case 'u' -> unicode();
            default -> throw error("\\" + c + " is not known in a text");
        };
    }

    private String unicode() throws HclException {
        String digits = text.substring(at, Math.min(at + 4, text.length()));
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw error("\\u needs four hexadecimal digits");
        }
        at += digits.length();
        return String.valueOf((char) Integer.parseInt(digits, 16));
    }

    /** {@code <<NAME} to a line with NAME alone; {@code <<-NAME} takes the indentation of that line off. */
    String heredoc() throws HclException {
        int start = at;
        if (!text.startsWith("<<", at)) {
            throw error("\"<\" is unexpected");
        }
        at += 2;
        boolean indented = peek() == '-';
        at += indented ? 1 : 0;
        int lineEnd = text.indexOf('\n', at);
        String name = lineEnd < 0 ? "" : text.substring(at, lineEnd).strip();
        StringBuilder lines = new StringBuilder();
        at = lineEnd < 0 ? text.length() : lineEnd + 1;
        while (!atEnd() && !name.isEmpty()) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            if (line.strip().equals(name)) {
                return indented
                        ? unindented(lines.toString(), line.substring(0, line.indexOf(name)))
                        : lines.toString();
            }
            lines.append(line).append('\n');
        }
        at = start;
        throw error("the text from << does not end with a line " + (name.isEmpty() ? "of its name" : name));
    }

    /** As HCL 1 does: where one line has less, every line keeps what it has. */
    private static String unindented(String lines, String indentation) {
        boolean all = lines.lines().allMatch(line -> line.isEmpty() || line.startsWith(indentation));
        return all ? lines.replaceAll("(?m)^" + Pattern.quote(indentation), "") : lines;
    }

    HclException error(String reason) {
        int place = Math.min(at, text.length());
        int line = (int) text.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
        return new HclException(line, place - text.lastIndexOf('\n', place - 1), reason);
    }
}
