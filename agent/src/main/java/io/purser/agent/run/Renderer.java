package io.purser.agent.run;

import io.purser.agent.config.FileConfig;
import io.purser.agent.config.FileConfig.InlineTemplate;
import io.purser.agent.config.FileConfig.SecretSource;
import io.purser.agent.config.FileConfig.TemplateFile;
import io.purser.agent.template.Format;
import io.purser.agent.template.Template;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a file's bytes of what the agent knows. */
final class Renderer {

    private final SecretBook book;
    private final PodPaths paths;
    private final Path stateDirectory;
    private final InstantSource clock;

    Renderer(SecretBook book, PodPaths paths, String stateDirectory, InstantSource clock) {
        this.book = book;
        this.paths = paths;
        this.stateDirectory = paths.of(stateDirectory);
        this.clock = clock;
    }

    Rendering render(FileTarget target) {
        if (target.clash() != null) {
            target.reads(Map.of());
            return new Rendering.Broken(target.clash(), Set.of());
        }
        AgentContext context = new AgentContext(book, paths, stateDirectory, clock.instant());
        FileConfig.Source source = target.config().source();
        try {
            if (source instanceof SecretSource secret) {
                return new Rendering.Complete(
                        ByteBuffer.wrap(formatted(secret, context)), context.writes(), context.used());
            }
            String text;
            if (source instanceof TemplateFile file) {
                context.reads(file.file());
                text = read(file);
                if (text == null) {
                    return new Rendering.Absent("the template " + file.origin() + " (" + file.file() + ")", Set.of());
                }
            } else {
                text = ((InlineTemplate) source).text();
            }
            byte[] content = Template.parse(target.origin(), text, options(target.config()))
                    .renderBytes(context);
            return new Rendering.Complete(ByteBuffer.wrap(content), context.writes(), context.used());
        } catch (NotYetException e) {
            return new Rendering.Missing(e.request(), context.used());
        } catch (AbsentFileException e) {
            return new Rendering.Absent(String.valueOf(e.getMessage()), context.used());
        } catch (TemplateException | SourceException | IllegalArgumentException e) {
            return new Rendering.Broken(String.valueOf(e.getMessage()), context.used());
        } finally {
            target.reads(context.files());
        }
    }

    private @Nullable String read(TemplateFile file) {
        try {
            return Files.readString(paths.of(file.file()));
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] formatted(SecretSource source, AgentContext context) {
        int hash = source.path().indexOf('#');
        String path = hash < 0 ? source.path() : source.path().substring(0, hash);
        String field = hash < 0 ? null : source.path().substring(hash + 1);
        Secret secret = context.secret(new SecretRequest.Read(SecretRequest.trim(path)));
        if (secret == null) {
            throw new SourceException(path + " was answered without a secret");
        }
        return Format.of(source.format()).render(secret, field);
    }

    private static TemplateOptions options(FileConfig config) {
        return new TemplateOptions(
                config.delimiters().left(), config.delimiters().right(), config.errorOnMissingKey());
    }
}
