import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the class files of a folder anew that are of Java 5 or older, as picocli's are, with the maps that a newer verifier reads: a cache of Java 25 can then
 * keep them verified and linked, and a start need not do it.
 */
final class NewerClasses {

    private static final int MAJOR_VERSION_AT = 7;

    private NewerClasses() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        try (var files = Files.walk(folder);
                var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            ClassFile format = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            for (Path file : classes) {
                byte[] old = Files.readAllBytes(file);
                if (old[MAJOR_VERSION_AT] < ClassFile.JAVA_6_VERSION) {
                    Files.write(file, format.transformClass(format.parse(old), newer()));
                }
            }
        }
    }

    private static ClassTransform newer() {
        ClassTransform version = (written, element) -> {
            if (element instanceof ClassFileVersion) {
                written.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                written.with(element);
            }
        };
        return version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL));
    }
}
