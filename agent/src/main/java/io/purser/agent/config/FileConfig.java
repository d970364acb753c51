package io.purser.agent.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file to render.
 *
 * @param name the NAME of its annotations, for messages
 * @param destination absolute path in the agent's container
 * @param mode file mode, for example {@code 0640}
 * @param source what is rendered
 * @param delimiters how actions are marked
 * @param errorOnMissingKey whether a key that a secret lacks is an error
 * @param notifications what to do after the file has changed, in order
 * @param command a shell command after each change (the peer's {@code agent-inject-command}), or null; needs the image
 *     with a shell
 */
public record FileConfig(
        String name,
        String destination,
        String mode,
        Source source,
        Delimiters delimiters,
        boolean errorOnMissingKey,
        List<String> notifications,
        @Nullable String command) {

    /** Copies the list. */
    public FileConfig {
        notifications = List.copyOf(notifications);
    }

    /** What a file is made of. */
    public sealed interface Source {}

    /**
     * A secret in one of the built-in formats, no template.
     *
     * @param path the secret's path; with format {@code raw} its field follows {@code #}
     * @param format {@code json}, {@code yaml}, {@code env}, {@code properties}, {@code raw} or {@code map}; {@code
     *     peer-map} and {@code peer-json} are the default templates of Vault's injector
     */
    public record SecretSource(String path, String format) implements Source {}

    /**
     * A template in a file of the agent's container: a ConfigMap's key or an annotation seen through the downward API. It
     * is read again when it changes.
     *
     * @param file absolute path
     * @param origin what the user calls it, for messages, for example {@code annotation purser.io/template-db}
     */
    public record TemplateFile(String file, String origin) implements Source {}

    /**
     * A template given in the configuration itself.
     *
     * @param text the template
     */
    public record InlineTemplate(String text) implements Source {}
}
