#!/bin/bash
# What has been compiled runs, with the library of the image; projects are built by xbuild.
set -euo pipefail
work=$HOME/contract-mono
rm -rf "$work"
mkdir "$work"
cat > "$work/Hello.cs" << 'CS'
using System;
using System.Linq;
public static class Hello {
  public static void Main(string[] words) { Console.WriteLine("compiled: " + string.Join(" ", words.Reverse())); }
}
CS
cat > "$work/Hello.csproj" << 'XML'
<Project DefaultTargets="Build" ToolsVersion="4.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <AssemblyName>Built</AssemblyName>
    <OutputPath>out</OutputPath>
    <TargetFrameworkVersion>v4.5</TargetFrameworkVersion>
  </PropertyGroup>
  <ItemGroup><Reference Include="System.Core" /><Compile Include="Hello.cs" /></ItemGroup>
  <Import Project="$(MSBuildToolsPath)/Microsoft.CSharp.targets" />
</Project>
XML
cd "$work"
status=0
said=$(mcs Hello.cs 2>&1) || status=$?
same 'mcs Hello.cs' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(tail -n 2 <<< "$said")")"
[ "$status" != 0 ] || same 'mono Hello.exe a b' 'compiled: b a' "$(mono Hello.exe a b 2>&1 | tail -n 1)"
status=0
said=$(xbuild /nologo /verbosity:quiet Hello.csproj 2>&1) || status=$?
same 'xbuild Hello.csproj' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(grep -m 2 error <<< "$said" || tail -n 2 <<< "$said")")"
[ "$status" != 0 ] || same 'mono out/Built.exe a b' 'compiled: b a' "$(mono out/Built.exe a b 2>&1 | tail -n 1)"
cd
rm -rf "$work"
