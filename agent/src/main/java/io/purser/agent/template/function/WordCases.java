package io.purser.agent.template.function;

import io.purser.agent.template.value.GoText;

/** Changes the case of words and joins them: sprig's camelcase, snakecase, kebabcase and their kin. */
final class WordCases {
    private WordCases() {}

    static String uncapitalize(String text) {
        StringBuilder out = new StringBuilder();
        boolean next = true;
        for (int c : GoText.valid(text).codePoints().toArray()) {
            boolean blank = Texts.isSpace(c);
            out.appendCodePoint(next && !blank ? Character.toLowerCase(c) : c);
            next = blank;
        }
        return out.toString();
    }

    static String swap(String text) {
        StringBuilder out = new StringBuilder();
        boolean afterBlank = true;
        for (int c : GoText.valid(text).codePoints().toArray()) {
            if (Character.isUpperCase(c) || Character.isTitleCase(c)) {
                out.appendCodePoint(Character.toLowerCase(c));
                afterBlank = false;
            } else if (Character.isLowerCase(c)) {
                out.appendCodePoint(afterBlank ? Character.toTitleCase(c) : Character.toUpperCase(c));
                afterBlank = false;
            } else {
                out.appendCodePoint(c);
                afterBlank = Texts.isSpace(c);
            }
        }
        return out.toString();
    }

    /** The first byte of each word, as goutils takes it. */
    static String initials(String text) {
        StringBuilder out = new StringBuilder();
        boolean gap = true;
        for (byte b : GoText.bytes(text)) {
            int c = b & 0xff;
            boolean blank = Texts.isSpace(c);
            if (!blank && gap) {
                out.appendCodePoint(c);
            }
            gap = blank;
        }
        return out.toString();
    }

    /** Without blanks, byte by byte as goutils does. */
    static String withoutBlanks(String text) {
        StringBuilder out = new StringBuilder();
        byte[] bytes = GoText.bytes(text);
        boolean any = false;
        for (byte b : bytes) {
            int c = b & 0xff;
            if (Texts.isSpace(c)) {
                any = true;
            } else {
                out.appendCodePoint(c);
            }
        }
        return any ? out.toString() : text;
    }

    static boolean isConnector(int c) {
        return c == '-' || c == '_' || Texts.isSpace(c);
    }

    static String pascal(String text) {
        int[] characters = GoText.valid(text).codePoints().toArray();
        StringBuilder out = new StringBuilder();
        int i = 0;
        int current = 0;
        boolean wasUpper = false;
        while (i < characters.length) {
            current = characters[i++];
            if (!isConnector(current)) {
                wasUpper = Character.isUpperCase(current);
                current = Character.toUpperCase(current);
                break;
            }
            out.appendCodePoint(current);
        }
        if (i == characters.length) {
            return i == 0 ? "" : out.appendCodePoint(current).toString();
        }
        while (i < characters.length) {
            int previous = current;
            current = characters[i++];
            if (isConnector(current) && isConnector(previous)) {
                out.appendCodePoint(previous);
                continue;
            }
            if (isConnector(previous)) {
                wasUpper = Character.isUpperCase(current);
                current = Character.toUpperCase(current);
            } else {
                if (wasUpper && Character.isUpperCase(current)) {
                    current = Character.toLowerCase(current);
                } else {
                    wasUpper = false;
                }
                out.appendCodePoint(previous);
            }
        }
        return out.appendCodePoint(current).toString();
    }

    /** Lower-case words with a connector between them. */
    static String joined(String text, char connector) {
        return new WordSplitter(GoText.valid(text), connector).run();
    }
}
