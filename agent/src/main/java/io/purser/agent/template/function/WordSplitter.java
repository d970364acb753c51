package io.purser.agent.template.function;

import java.util.function.IntPredicate;

/** Splits camel case, numbers and signs into words and joins them in lower case, by the rules of xstrings. */
final class WordSplitter {
    private enum Word {
        NONE,
        NUMBER,
        UPPER,
        ALPHABET,
        CONNECTOR,
        PUNCTUATION,
        OTHER
    }

    private final int[] characters;
    private final char connector;
    private final StringBuilder out = new StringBuilder();
    private int position;
    private Word kind = Word.NONE;
    private int start;

    WordSplitter(String text, char connector) {
        this.characters = text.codePoints().toArray();
        this.connector = connector;
    }

    String run() {
        if (characters.length == 0) {
            return "";
        }
        next();
        while (position < characters.length) {
            step();
        }
        write(kind, start, position);
        return out.toString();
    }

    private void step() {
        Word previous = kind;
        int previousStart = start;
        int previousEnd = position;
        if (previous != Word.CONNECTOR) {
            write(previous, previousStart, previousEnd);
        }
        next();
        switch (previous) {
            case NUMBER -> {
                writeRun();
                if (kind != Word.NONE && kind != Word.PUNCTUATION && kind != Word.CONNECTOR) {
                    out.append(connector);
                }
            }
            case CONNECTOR -> write(previous, previousStart, previousEnd);
            case PUNCTUATION -> {
                // stands for itself
            }
            default -> afterLetters();
        }
    }

    private void writeRun() {
        while (kind == Word.ALPHABET || kind == Word.NUMBER) {
            write(kind, start, position);
            next();
        }
    }

    private void afterLetters() {
        if (kind != Word.NUMBER) {
            if (kind != Word.CONNECTOR && kind != Word.PUNCTUATION) {
                out.append(connector);
            }
            return;
        }
        if (position == characters.length) {
            return;
        }
        int numberStart = start;
        int numberEnd = position;
        next();
        if (kind != Word.ALPHABET) {
            write(Word.NUMBER, numberStart, numberEnd);
            if (kind != Word.CONNECTOR && kind != Word.PUNCTUATION) {
                out.append(connector);
            }
            return;
        }
        out.append(connector);
        write(Word.NUMBER, numberStart, numberEnd);
        writeRun();
        if (kind != Word.NONE && kind != Word.CONNECTOR && kind != Word.PUNCTUATION) {
            out.append(connector);
        }
    }

    private void write(Word word, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean connects = word == Word.CONNECTOR;
            out.appendCodePoint(connects ? connector : Character.toLowerCase(characters[i]));
        }
    }

    private void next() {
        start = position;
        if (position >= characters.length) {
            kind = Word.NONE;
            return;
        }
        int c = characters[position++];
        if (WordCases.isConnector(c)) {
            kind = Word.CONNECTOR;
            skip(WordCases::isConnector);
        } else if (isPunctuation(c)) {
            kind = Word.PUNCTUATION;
            skip(WordSplitter::isPunctuation);
        } else if (Character.isUpperCase(c)) {
            kind = Word.UPPER;
            upperWord();
        } else if (isAlphabet(c)) {
            kind = Word.ALPHABET;
            skip(WordSplitter::isLowerAlphabet);
        } else if (isNumber(c)) {
            kind = Word.NUMBER;
            skip(WordSplitter::isNumber);
        } else {
            kind = Word.OTHER;
            skip(other ->
                    !WordCases.isConnector(other) && !isAlphabet(other) && !isNumber(other) && !isPunctuation(other));
        }
    }

    private void upperWord() {
        if (position == characters.length) {
            return;
        }
        if (Character.isUpperCase(characters[position])) {
            skip(Character::isUpperCase);
            if (position < characters.length && isAlphabet(characters[position])) {
                position--;
            }
        } else if (isAlphabet(characters[position])) {
            skip(WordSplitter::isLowerAlphabet);
        }
    }

    private void skip(IntPredicate belongs) {
        while (position < characters.length && belongs.test(characters[position])) {
            position++;
        }
    }

    private static boolean isLowerAlphabet(int c) {
        return isAlphabet(c) && !Character.isUpperCase(c);
    }

    /** What xstrings takes for an alphabet: letters that are not of a script written without case or blanks. */
    private static boolean isAlphabet(int c) {
        if (!Character.isLetter(c)) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> false;
            default -> true;
        };
    }

    private static boolean isNumber(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
