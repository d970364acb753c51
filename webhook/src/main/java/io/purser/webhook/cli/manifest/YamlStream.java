package io.purser.webhook.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a stream of YAML documents into their texts, so that a document that stays as it is keeps every byte. */
public final class YamlStream {

    /** At the beginning of a line this ends a document wherever it stands, within block scalars too (YAML 1.2, rule 206). */
    private static final Pattern SEPARATOR = Pattern.compile("^---(?=\\s|$)", Pattern.MULTILINE);

    private YamlStream() {}

    /**
     * Reads all documents of a text; joined, their texts are the text.
     *
     * @param source the file's name, for messages
     * @throws ManifestException when a document is not YAML
     */
    public static List<YamlDocument> read(String source, String text) throws ManifestException {
        List<YamlDocument> documents = new ArrayList<>();
        Matcher separator = SEPARATOR.matcher(text);
        int start = 0;
        int line = 1;
        while (separator.find()) {
            if (separator.start() > start) {
                line = add(new Position(source, line), text.substring(start, separator.start()), documents);
                start = separator.start();
            }
        }
        int unused = add(new Position(source, line), text.substring(start), documents);
        return documents;
    }

    /** Adds a document, or several objects of JSON that follow each other without a separator; returns the line after them. */
    private static int add(Position start, String text, List<YamlDocument> into) throws ManifestException {
        int end = JsonNodes.secondObject(text);
        String document = text.substring(0, end);
        into.add(YamlDocument.parse(start, document));
        int line = start.line() + (int) document.chars().filter(c -> c == '\n').count();
        return end == text.length() ? line : add(new Position(start.source(), line), text.substring(end), into);
    }
}
