package io.purser.webhook.cli;

import io.purser.webhook.policy.Option;
import io.purser.webhook.policy.PolicyReader;
import io.purser.webhook.policy.PolicySet;
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
    private static final String POLICY_FILE = "--policy-file";

    private SettingsFlags() {}

    /** Adds the flags to a command. */
    static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(FILE)
                .type(Path.class)
                .paramLabel("FILE")
                .description("Settings as NAME=VALUE lines, named like the flags below without their dashes in front.")
                .build());
        spec.addOption(OptionSpec.builder(POLICY_FILE)
                .type(Path.class)
                .paramLabel("FILE")
                .description("The operator's named policies, YAML.")
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
     * The options that a command line and an environment give.
     *
     * @throws InputException when the settings file is not as it should be
     */
    static Map<Option, String> options(ParseResult parsed, Map<String, String> environment) throws InputException {
        Map<Option, String> given = new EnumMap<>(Option.class);
        Path file = file(parsed, FILE, environment.get("PURSER_SETTINGS"));
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
        return given;
    }

    /** The policy file that a command line or an environment names, or null. */
    static @Nullable Path policyFile(ParseResult parsed, Map<String, String> environment) {
        return file(parsed, POLICY_FILE, environment.get("PURSER_POLICY_FILE"));
    }

    /** What a command line names, else what a variable does; picocli tells here of neither variables nor defaults. */
    private static @Nullable Path file(ParseResult parsed, String flag, @Nullable String variable) {
        return parsed.matchedOptionValue(flag, variable == null || variable.isEmpty() ? null : Path.of(variable));
    }

    /**
     * The policies that options and a policy file make.
     *
     * @param file or null for the options alone
     * @throws InputException with every value that is wrong
     */
    static PolicySet policies(Map<Option, String> options, @Nullable Path file) throws InputException {
        SettingsReader.Result settings = SettingsReader.read(options);
        List<Violation> violations = new ArrayList<>(settings.violations());
        PolicySet policies = PolicySet.of(settings.settings());
        if (file != null) {
            try {
                PolicyReader.Result read = PolicyReader.read(Files.readString(file), options);
                policies = read.policies();
                violations.addAll(read.violations());
            } catch (IOException e) {
                throw InputException.unreadable("The policy file", file, e);
            }
        }
        if (!violations.isEmpty()) {
            throw new InputException(
                    violations.stream().map(Violation::toString).distinct().toList());
        }
        return policies;
    }

    /** The policies that a command line and this process's environment make. */
    static PolicySet policies(ParseResult parsed) throws InputException {
        Map<String, String> environment = System.getenv();
        return policies(options(parsed, environment), policyFile(parsed, environment));
    }

    private static Map<Option, String> fromFile(Path file) throws InputException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw InputException.unreadable("The settings file", file, e);
        } catch (IllegalArgumentException e) {
            throw new InputException("The settings file " + file + " is not sound: " + e.getMessage() + ".");
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
