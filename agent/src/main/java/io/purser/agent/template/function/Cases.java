package io.purser.agent.template.function;

import io.purser.agent.template.value.GoText;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/** Upper, lower and title case, character by character as Go maps them. */
final class Cases {
    private Cases() {}

    static String upper(String text) {
        return map(text, Character::toUpperCase);
    }

    static String lower(String text) {
        return map(text, Character::toLowerCase);
    }

    private static String map(String text, IntUnaryOperator change) {
        StringBuilder mapped = new StringBuilder(text.length());
        for (int c : GoText.characters(text)) {
            mapped.appendCodePoint(GoText.isStray(c) ? 0xFFFD : change.applyAsInt(c));
        }
        return mapped.toString();
    }

    /** The first letter of each word in title case, words being what Unicode says; the rest stays. */
    static String titleWords(String text) {
        StringBuilder title = new StringBuilder(text.length());
        int[] characters = GoText.characters(text);
        boolean inWord = false;
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            boolean letter = Character.isLetter(c);
            if (letter && !inWord) {
                title.append(titleCase(c));
                inWord = true;
            } else {
                title.appendCodePoint(c);
                inWord = inWord && (letter || continuesWord(characters, i));
            }
        }
        return title.toString();
    }

    /** Title case of one letter; a ligature becomes several. */
    private static String titleCase(int c) {
        String upper = Character.toString(c).toUpperCase(Locale.ROOT);
        boolean several = upper.codePointCount(0, upper.length()) > 1 && Character.toTitleCase(c) == c;
        if (!several) {
            return Character.toString(Character.toTitleCase(c));
        }
        int rest = upper.offsetByCodePoints(0, 1);
        return upper.substring(0, rest) + upper.substring(rest).toLowerCase(Locale.ROOT);
    }

    private static boolean continuesWord(int[] characters, int i) {
        int c = characters[i];
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.FORMAT
                || c == '_'
                || Character.isDigit(c)) {
            return true;
        }
        boolean middle = c == '\'' || c == '.' || c == ':' || c == 0x2019 || c == 0xB7 || c == 0x2018 || c == 0x2024;
        return middle
                && i + 1 < characters.length
                && Character.isLetter(characters[i + 1])
                && i > 0
                && Character.isLetter(characters[i - 1]);
    }

    /** Title case for each letter at the start of a word, as strings.Title finds it. */
    static String title(String text) {
        StringBuilder title = new StringBuilder(text.length());
        int previous = ' ';
        for (int c : GoText.characters(text)) {
            title.appendCodePoint(isSeparator(previous) ? Character.toTitleCase(c) : c);
            previous = c;
        }
        return title.toString();
    }

    private static boolean isSeparator(int c) {
        if (c <= 0x7f) {
            return !(Character.isLetterOrDigit(c) || c == '_');
        }
        return !Character.isLetter(c) && !Character.isDigit(c) && Texts.isSpace(c);
    }
}
