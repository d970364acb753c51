package io.purser.webhook.cli;

import io.purser.webhook.policy.Option;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.SettingsReader;
import io.purser.webhook.policy.Violation;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The operator's settings as flags: one for each {@link Option}, before the environment, before a settings file. */
final class SettingsFlags {

    private static final String FILE = "--settings";

    private SettingsFlags() {}

    /** Adds the flags to a command. */
    static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(FILE)
                .type(Path.class)
                .paramLabel("FILE")
                .description("Settings as NAME=VALUE lines, named like the flags below without their dashes in front.")
                .build());
        for (Option option : Option.values()) {
            spec.addOption(OptionSpec.builder("--" + option.flag())
                    .type(String.class)
                    .paramLabel("VALUE")
                    .description(description(option))
                    .build());
        }
    }

    private static String description(Option option) {
        String text = option.meaning().replace("%", "%%");
        return option.defaultText().isEmpty() ? text : text + " (default: " + option.defaultText() + ")";
    }

    /**
     * The settings that a command line and an environment make.
     *
     * @throws InputException with every value that is wrong
     */
    static Settings read(ParseResult parsed, Map<String, String> environment) throws InputException {
        Map<Option, String> given = new EnumMap<>(Option.class);
        Path file = parsed.matchedOptionValue(FILE, null);
        if (file != null) {
            given.putAll(fromFile(file));
        }
        given.putAll(SettingsReader.fromEnvironment(environment));
        for (Option option : Option.values()) {
            String value = parsed.matchedOptionValue("--" + option.flag(), null);
            if (value != null) {
                given.put(option, value);
            }
        }
        SettingsReader.Result result = SettingsReader.read(given);
        if (!result.violations().isEmpty()) {
            throw new InputException(
                    result.violations().stream().map(Violation::toString).toList());
        }
        return result.settings();
    }

    private static Map<Option, String> fromFile(Path file) throws InputException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new InputException(List.of("The settings file " + file + " cannot be read: " + e + "."));
        }
        Map<Option, String> given = new EnumMap<>(Option.class);
        List<String> unknown = new ArrayList<>();
        for (String name : properties.stringPropertyNames()) {
            Option option = named(name);
            if (option == null) {
                unknown.add(file + " sets " + name + ", which is no setting; see `purser serve --help`.");
            } else {
                given.put(option, properties.getProperty(name));
            }
        }
        if (!unknown.isEmpty()) {
            throw new InputException(unknown);
        }
        return given;
    }

    private static @Nullable Option named(String name) {
        for (Option option : Option.values()) {
            if (option.flag().equals(name) || option.variable().equals(name)) {
                return option;
            }
        }
        return null;
    }
}
