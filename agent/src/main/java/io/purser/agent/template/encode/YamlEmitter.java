package io.purser.agent.template.encode;

import io.purser.agent.template.value.GoText;
import java.util.ArrayDeque;
import java.util.Locale;

/** Lays out YAML: indentation, blanks before indicators, folding of long lines. Libyaml's emitter, the part in use. */
final class YamlEmitter {
    private static final int WIDTH = 80;
    private static final int STEP = 2;

    private final StringBuilder out = new StringBuilder();
    private final ArrayDeque<Integer> indents = new ArrayDeque<>();
    private int indent = -1;
    private int column;
    private boolean afterBlank = true;
    private boolean atIndent = true;

    String text() {
        return out.toString();
    }

    int length() {
        return out.length();
    }

    /** Whether only indentation and indicators stand on the line so far. */
    boolean atIndent() {
        return atIndent;
    }

    void increaseIndent(boolean flow, boolean indentless) {
        indents.push(indent);
        if (indent < 0) {
            indent = flow ? STEP : 0;
        } else if (!indentless) {
            indent += STEP;
        }
    }

    void decreaseIndent() {
        indent = indents.pop();
    }

    /** Goes to the current indentation, on a new line unless the line is still empty up to it. */
    void indent() {
        int wanted = Math.max(indent, 0);
        if (!atIndent || column > wanted || (column == wanted && !afterBlank)) {
            newLine();
        }
        while (column < wanted) {
            put(' ');
        }
        afterBlank = true;
        atIndent = true;
    }

    void indicator(String indicator, boolean blankBefore, boolean blankAfter, boolean indentation) {
        if (blankBefore && !afterBlank) {
            put(' ');
        }
        ascii(indicator);
        afterBlank = blankAfter;
        atIndent = atIndent && indentation;
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    void tag(String tag) {
        indicator(tag, true, false, false);
    }

    void plain(String text, boolean mayFold) {
        if (!afterBlank) {
            put(' ');
        }
        folded(text, mayFold, false);
        afterBlank = false;
        atIndent = false;
    }

    void singleQuoted(String text, boolean mayFold) {
        indicator("'", true, false, false);
        folded(text, mayFold, true);
        indicator("'", false, false, false);
        afterBlank = false;
        atIndent = false;
    }

    private void folded(String text, boolean mayFold, boolean quoted) {
        int[] characters = GoText.characters(text);
        boolean spaces = false;
        boolean breaks = false;
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (c == ' ') {
                boolean single = i + 1 < characters.length && characters[i + 1] != ' ' && !(quoted && i == 0);
                if (mayFold && !spaces && column > WIDTH && single) {
                    indent();
                } else {
                    put(c);
                }
                spaces = true;
            } else if (YamlText.isBreak(c)) {
                if (!breaks && c == '\n') {
                    newLine();
                }
                writeBreak(c);
                atIndent = true;
                breaks = true;
            } else {
                if (breaks) {
                    indent();
                }
                if (quoted && c == '\'') {
                    put('\'');
                }
                put(c);
                atIndent = false;
                spaces = false;
                breaks = false;
            }
        }
    }

    void doubleQuoted(String text, boolean mayFold) {
        indicator("\"", true, false, false);
        int[] characters = GoText.characters(text);
        // Go's emitter looks for a byte order mark at the start alone, again at each character.
        boolean marked = text.startsWith("\ufeff");
        boolean spaces = false;
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            boolean inside = i > 0 && i < characters.length - 1;
            if (marked || !YamlText.isPrintable(c) || YamlText.isBreak(c) || c == '"' || c == '\\') {
                escape(c);
                spaces = false;
            } else if (c == ' ' && mayFold && !spaces && column > WIDTH && inside) {
                indent();
                if (characters[i + 1] == ' ') {
                    put('\\');
                }
                spaces = true;
            } else {
                put(c);
                spaces = c == ' ';
            }
        }
        indicator("\"", false, false, false);
        afterBlank = false;
        atIndent = false;
    }

    private void escape(int c) {
        int known = "\0\u0007\b\t\n\u000b\f\r\u001b\"\\\u0085\u00a0\u2028\u2029".indexOf(c);
        String escaped = known >= 0
                ? "" + "0abtnvfre\"\\N_LP".charAt(known)
                : String.format(Locale.ROOT, c <= 0xff ? "x%02X" : c <= 0xffff ? "u%04X" : "U%08X", c);
        put('\\');
        ascii(escaped);
    }

    void literal(String text) {
        indicator("|", true, false, false);
        int first = text.codePointAt(0);
        if (first == ' ' || YamlText.isBreak(first)) {
            indicator(String.valueOf(STEP), false, false, false);
        }
        indicator(chomping(GoText.characters(text)), false, false, false);
        newLine();
        atIndent = true;
        afterBlank = true;
        boolean breaks = true;
        for (int c : GoText.characters(text)) {
            if (YamlText.isBreak(c)) {
                writeBreak(c);
                atIndent = true;
                breaks = true;
            } else {
                if (breaks) {
                    indent();
                }
                put(c);
                atIndent = false;
                breaks = false;
            }
        }
    }

    private static String chomping(int[] characters) {
        int last = characters.length - 1;
        if (!YamlText.isBreak(characters[last])) {
            return "-";
        }
        return last == 0 || YamlText.isBreak(characters[last - 1]) ? "+" : "";
    }

    private void writeBreak(int c) {
        if (c == '\n') {
            newLine();
        } else {
            out.appendCodePoint(c);
            column = 0;
        }
    }

    private void newLine() {
        out.append('\n');
        column = 0;
    }

    private void put(int c) {
        out.appendCodePoint(c);
        column++;
    }
}
