package io.purser.local.template;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.Template;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.SourceException;
import io.purser.agent.template.value.GoText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One template unit test: {@code X.tmpl} and the files beside it.
 *
 * @param template the template's file
 * @param stem its path less the extension
 */
record TemplateCase(Path template, String stem) {
    private static final Set<String> OPTIONS = Set.of("errorOnMissingKey", "leftDelim", "rightDelim");

    /**
     * How it went.
     *
     * @param failure what is wrong, several lines perhaps; null if it passed
     */
    record Verdict(@Nullable String failure) {
        static final Verdict PASSED = new Verdict(null);

        boolean passed() {
            return failure == null;
        }
    }

    static TemplateCase of(Path template) {
        String path = template.toString();
        return new TemplateCase(template, path.substring(0, path.lastIndexOf('.')));
    }

    private Path beside(String extension) {
        return Path.of(stem + extension);
    }

    /** Renders the template and compares. Whatever is wrong becomes the verdict. */
    Verdict run(Instant now) {
        boolean expectsError = Files.exists(beside(".error"));
        boolean expectsOutput = Files.exists(beside(".expected"));
        if (expectsError == expectsOutput) {
            return new Verdict("there must be one of " + beside(".expected") + " and " + beside(".error"));
        }
        byte[] output;
        try {
            output = render(now);
        } catch (TemplateException | SourceException e) {
            return expectsError ? matching(String.valueOf(e.getMessage())) : new Verdict(e.getMessage());
        } catch (FixtureException e) {
            return new Verdict(e.getMessage());
        }
        if (expectsError) {
            return new Verdict("it should have failed, but rendered:\n" + new TextDiff().added(GoText.of(output)));
        }
        String expected = FixtureFiles.text(beside(".expected"));
        String actual = GoText.of(output);
        return actual.equals(expected) ? Verdict.PASSED : new Verdict(new TextDiff().between(expected, actual));
    }

    /** Writes what is rendered to the file of the expected output; a case that must fail is run as ever. */
    Verdict update(Instant now) {
        if (Files.exists(beside(".error"))) {
            return run(now);
        }
        try {
            Files.write(beside(".expected"), render(now));
            return Verdict.PASSED;
        } catch (TemplateException | SourceException | FixtureException e) {
            return new Verdict(e.getMessage());
        } catch (IOException e) {
            return new Verdict(beside(".expected") + " cannot be written: " + e.getMessage());
        }
    }

    /** Lines {@code contains: TEXT} of the error file must be in the message; its other lines are remarks. */
    private Verdict matching(String message) {
        List<String> missing = FixtureFiles.text(beside(".error"))
                .lines()
                .filter(line -> line.startsWith("contains: "))
                .map(line -> line.substring("contains: ".length()))
                .filter(wanted -> !message.contains(wanted))
                .toList();
        return missing.isEmpty()
                ? Verdict.PASSED
                : new Verdict("it failed as it should, but its message lacks " + missing + ":\n" + message);
    }

    private byte[] render(Instant now) {
        String text = FixtureFiles.text(template);
        JsonObject secrets = FixtureFiles.object(beside(".secrets.json"));
        JsonObject environment = FixtureFiles.object(beside(".env.json"));
        FixtureContext context = new FixtureContext(secrets, environment, beside(".files"), now);
        return Template.parse(template.toString(), text, options()).renderBytes(context);
    }

    private TemplateOptions options() {
        JsonObject options = FixtureFiles.object(beside(".options.json"));
        for (String name : options.names()) {
            if (!OPTIONS.contains(name)) {
                throw new FixtureException(
                        beside(".options.json") + ": there is no option \"" + name + "\", write one of " + OPTIONS);
            }
        }
        JsonValue strict = options.get("errorOnMissingKey");
        return new TemplateOptions(
                delimiter(options, "leftDelim"), delimiter(options, "rightDelim"), strict != null && strict.isTrue());
    }

    private static String delimiter(JsonObject options, String name) {
        JsonValue value = options.get(name);
        return value != null && value.isString() ? value.asString() : "";
    }
}
